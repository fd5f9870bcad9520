import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import type { AuditLog, AuditRecord } from "../auth/audit-log";
import { CLIENT_ADDRESS } from "../auth/request-headers";
import type { Unity } from "../unity";
import { createActHandler } from "./act";

async function serve(state: "done" | "used") {
  const acted: string[] = [];
  const written: AuditRecord[] = [];
  const acts = {
    look: () => Promise.reject(new Error("not asked")),
    async act(token: string) {
      acted.push(token);
      return { state, deed: null, title: "", expiresAt: null, alerts: [] };
    },
  };
  const audit: Pick<AuditLog, "record"> = { record: (entry) => void written.push(entry) };
  const handler = createActHandler({ notifier: { acts }, audit } as unknown as Unity);
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    if (handler.matches(request, path)) void handler.handle(request, response, path);
    else response.writeHead(299).end("a page");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return { acted, written, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

test("a POST acts: a browser is led back to the page, a program gets an answer", async () => {
  const { acted, written, url } = await serve("done");
  const from = { [CLIENT_ADDRESS]: "203.0.113.9" };
  const browser = { method: "POST", headers: { accept: "text/html", ...from }, redirect: "manual" } as const;
  const answer = await fetch(`${url}/act/abc`, browser);
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/act/abc?done"]);
  expect(await (await fetch(`${url}/act/abc`, { method: "POST" })).json()).toEqual({ state: "done" });
  expect(acted).toEqual(["abc", "abc"]);
  const line = (address: string | null) => ({
    who: { via: "none", address },
    action: "notifications.act",
    outcome: "done",
  });
  expect(written).toMatchObject([line("203.0.113.9"), line(null)]);
  expect(JSON.stringify(written)).not.toContain("abc");
});

test("a link that was used says so", async () => {
  const { url, written } = await serve("used");
  const answer = await fetch(`${url}/act/abc`, { method: "POST" });
  expect([answer.status, await answer.json()]).toEqual([410, { state: "used" }]);
  expect(written).toMatchObject([{ outcome: "refused", details: { facts: { link: "used" } } }]);
});

test.each(["GET", "HEAD", "OPTIONS", "PUT"])("%s never acts", async (method) => {
  const { acted, url } = await serve("done");
  expect((await fetch(`${url}/act/abc`, { method })).status).toBe(299);
  expect(acted).toEqual([]);
});

test.each(["/act/", "/act/a/b", "/act/a%20b", `/act/${"a".repeat(201)}`])("%s is no link", async (path) => {
  const { acted, url } = await serve("done");
  await fetch(url + path, { method: "POST" });
  expect(acted).toEqual([]);
});
