import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { z } from "zod";
import type { ServiceTrace } from "../../../plugins/sdk/trace";
import { afterThisTest } from "../doors/test-servers";
import { openDiscovery } from "./test-discovery";
import { testPlugin } from "./test-plugin";

/** Each opens a database twice, beside other tests. */
vi.setConfig({ testTimeout: 60_000 });

/** A program that is not this one, which answers every path with itself and sends its front page elsewhere. */
async function startProgram(): Promise<number> {
  const code = `
    const server = require("node:http").createServer((request, response) => {
      if (request.url === "/") response.writeHead(302, { location: "http://192.0.2.1/elsewhere" });
      response.end("I am Mediabox " + request.url + (request.headers.authorization ?? ""));
    });
    server.listen(0, "127.0.0.1", () => console.log(server.address().port));`;
  const child = spawn(process.execPath, ["-e", code], { stdio: ["ignore", "pipe", "inherit"] });
  afterThisTest(async () => {
    child.kill("SIGKILL");
    await once(child, "exit");
  });
  const [line]: Buffer[] = await once(child.stdout, "data");
  return Number(line);
}

const service = (port: number, rest: Partial<ServiceTrace> = {}): ServiceTrace => ({
  seen: "service",
  ports: [port],
  config: ({ place }) => ({ address: `http://${place}` }),
  ...rest,
});

test("a program that listens is found by its answer, and nothing but this machine is asked, without any credential", async () => {
  const port = await startProgram();
  const mediabox = testPlugin("mediabox", [service(port, { answer: { path: "/about", body: "Mediabox" } })]);
  const other = testPlugin("other", [service(port, { answer: { path: "/about", body: "Otherbox" } })]);
  const web = testPlugin("web", [service(port, { rest: true, answer: { path: "/", status: "any" } })]);
  const { caller, touched } = await openDiscovery([mediabox, other, web]);
  expect(await caller.discovery.found()).toMatchObject({ at: null, proposals: [], ignored: [], noticeHidden: false });
  expect(touched).toEqual([]);

  const { proposals } = await caller.discovery.look();
  expect(proposals).toEqual([
    {
      key: `mediabox localhost:${port}`,
      plugin: "mediabox",
      pluginName: "mediabox",
      target: `127.0.0.1:${port}`,
      why: [`node listens on 127.0.0.1:${port}`, `127.0.0.1:${port} answers as mediabox does`],
      likely: false,
      config: { address: `http://127.0.0.1:${port}` },
      asks: null,
      name: `nas:${port}`,
    },
  ]);
  const sockets = touched.filter((one) => one.startsWith("GET /"));
  expect(touched.filter((one) => !sockets.includes(one))).toEqual([`GET http://127.0.0.1:${port}/about`]);
  expect(sockets.every((one) => /^GET \/(var\/run|run)\/[\w/]*(docker|podman)\.sock$/.test(one))).toBe(true);
});

test("a redirect is an answer, and is not followed", async () => {
  const port = await startProgram();
  const web = testPlugin("web", [service(port, { rest: true, answer: { path: "/", status: [302] } })]);
  const { caller, touched } = await openDiscovery([web]);
  expect((await caller.discovery.look()).proposals.map(({ target }) => target)).toEqual([`127.0.0.1:${port}`]);
  expect(touched.filter((one) => one.includes("192.0.2.1"))).toEqual([]);
});

test("what is ignored stays ignored after a restart, can be seen, and taken back", async () => {
  const port = await startProgram();
  const { caller, restart } = await openDiscovery([testPlugin("box", [service(port)])]);
  const key = (await caller.discovery.look()).proposals[0]?.key ?? "";
  expect(await caller.discovery.ignore({ key })).toMatchObject({ proposals: [], ignored: [{ key, plugin: "box" }] });
  await expect(caller.discovery.ignore({ key: "box nothing" })).rejects.toMatchObject({ code: "NOT_FOUND" });

  const again = await restart();
  expect(await again.discovery.look()).toMatchObject({ proposals: [], ignored: [{ key }] });
  const { proposals, ignored } = await again.discovery.takeBack({ key });
  expect([proposals.map((one) => one.key), ignored]).toEqual([[key], []]);
});

test("what is watched already is not proposed, however its address is written, until it is removed", async () => {
  const port = await startProgram();
  const box = testPlugin("box", [service(port)]);
  const { caller } = await openDiscovery([box]);
  await caller.discovery.look();
  for (const address of [`localhost:${port}`, `http://nas:${port}/path`, `[::1]:${port}`]) {
    const { id } = await caller.plugins.create({ plugin: "box", name: "mine", config: { address } });
    expect((await caller.discovery.found()).proposals, address).toEqual([]);
    await caller.plugins.remove({ id });
  }
  const { id } = await caller.plugins.create({
    plugin: "box",
    name: `nas:${port}`,
    config: { address: `elsewhere.lab:${port}` },
  });
  // Another machine's; and its name is taken.
  expect((await caller.discovery.found()).proposals.map(({ name }) => name)).toEqual([`nas:${port} 2`]);
  await caller.plugins.remove({ id });
});

test("sockets and mounts are found; one way to a server that listens is no second service", async () => {
  const port = await startProgram();
  const folder = mkdtempSync(join(tmpdir(), "unity-found-"));
  const socket = join(folder, "box.sock");
  const server: Server = createServer().listen(socket);
  await once(server, "listening");
  afterThisTest(async () => {
    server.close();
    rmSync(folder, { recursive: true });
  });
  const seenFile = { seen: "file", type: "socket", paths: [join(folder, "*.sock")] } as const;
  const config = ({ path }: { path: string }) => ({ address: `unix://${path}` });
  const plugins = [
    testPlugin("both", [service(port), { ...seenFile, alias: true, config }]),
    testPlugin("file", [{ ...seenFile, config }]),
    testPlugin("mount", [{ seen: "mount", types: ["proc"], config: () => ({}) }], { kind: "host" }),
    testPlugin("folder", [{ ...seenFile, type: "directory", config }]),
  ];
  const { caller } = await openDiscovery(plugins);
  const { proposals } = await caller.discovery.look();
  expect(proposals.map(({ plugin, target, why }) => [plugin, target, why[0]])).toEqual([
    // Nobody says so but the port.
    ["file", socket, `${socket} is there`],
    ["mount", "/proc", expect.stringMatching(/^proc is mounted at \/proc/)],
    ["both", `127.0.0.1:${port}`, `node listens on 127.0.0.1:${port}`],
  ]);
  await caller.plugins.create({ plugin: "mount", name: "mine", config: {} });
  await caller.plugins.create({ plugin: "file", name: "mine", config: { address: socket } });
  await caller.plugins.create({ plugin: "both", name: "mine", config: { address: socket } });
  expect((await caller.discovery.found()).proposals).toEqual([]);
});

test("what needs more than can be seen says so, and the form gets what there is", async () => {
  const port = await startProgram();
  const config = z.object({ address: z.string(), token: z.string() });
  const box = testPlugin("box", [service(port, { asks: "A token" })], { config });
  const { caller } = await openDiscovery([box]);
  // A link to a form may be older than this process.
  const proposal = await caller.discovery.proposal({ key: `box localhost:${port}` });
  expect(proposal).toMatchObject({ asks: "A token", config: { address: `http://127.0.0.1:${port}` } });
  expect(await caller.discovery.proposal({ key: "box localhost:1" })).toBeNull();
});

test("the overview's notice stays away once it was sent away", async () => {
  const { caller, restart } = await openDiscovery([]);
  expect((await caller.discovery.hideNotice()).noticeHidden).toBe(true);
  expect((await (await restart()).discovery.found()).noticeHidden).toBe(true);
});
