import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openAssets } from "./assets";

let folder: string;
let server: Server;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "unity-assets-"));
  await mkdir(join(folder, "static", "chunks"), { recursive: true });
  await writeFile(join(folder, "secret.js.gz"), gzipSync("outside"));
  await writeFile(join(folder, "static", "chunks", "a.js"), "let a");
  await writeFile(join(folder, "static", "chunks", "a.js.gz"), gzipSync("let a"));
  await writeFile(join(folder, "static", "b.css"), "b{}");
  const assets = await openAssets(join(folder, "static"));
  server = createServer((request, response) => {
    const path = request.url ?? "/";
    if (assets.matches(request, path)) void assets.handle(response, path);
    else response.writeHead(299).end("left to Next");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

test("a compressed asset comes with its type, for good", async () => {
  const answer = await fetch(`${url}/_next/static/chunks/a.js`);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-type": "text/javascript; charset=utf-8",
    "content-encoding": "gzip",
    "cache-control": expect.stringContaining("immutable"),
  });
  expect(await answer.text()).toBe("let a");
});

test.each([
  ["an asset that was not compressed", "/_next/static/b.css", {}],
  ["a browser without gzip", "/_next/static/chunks/a.js", { "accept-encoding": "identity" }],
  ["a file outside", "/_next/static/..%2fsecret.js", {}],
  ["the compressed file itself", "/_next/static/chunks/a.js.gz", {}],
  ["any page", "/", {}],
])("%s is left to Next", async (_, path, headers) => {
  expect((await fetch(url + path, { headers })).status).toBe(299);
});

test("without a build there is nothing to serve", async () => {
  const assets = await openAssets(join(folder, "nowhere"));
  expect(assets.matches({ headers: { "accept-encoding": "gzip" }, method: "GET" }, "/_next/static/chunks/a.js")).toBe(
    false,
  );
});
