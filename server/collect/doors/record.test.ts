import net from "node:net";
import tls from "node:tls";
import { expect, test } from "vitest";
import { z } from "zod";
import { type Collected, collectReadings } from "../../../plugins/sdk/collect";
import { secret } from "../../../plugins/sdk/config";
import type { Doors } from "../../../plugins/sdk/context";
import { Case } from "../../../plugins/sdk/golden-case";
import { createMemory } from "../../../plugins/sdk/memory";
import { definePlugin } from "../../../plugins/sdk/plugin";
import { replayCase } from "../../../plugins/sdk/replay";
import { maskTexts } from "../../mask-texts";
import { createDoors } from "./doors";
import { recordDoors } from "./record";
import { makeCertificates } from "./test-certificates";
import { serve, serveHttp } from "./test-servers";

type Story = (doors: Doors, password: string) => Promise<unknown>;

/** A plugin that tells everything the doors said, so that a replay can be compared word by word. */
function storyteller(story: Story) {
  return definePlugin({
    id: "story",
    name: "Story",
    summary: "Tells what it saw.",
    category: "system",
    tier: 0,
    kind: "host",
    intervalSeconds: 10,
    config: z.object({ password: secret().default("none") }),
    metrics: {},
    alerts: [],
    board: [],
    collect: async (context, report) => {
      report.inventory({ facts: { told: JSON.stringify(await story(context, context.config.password)) } });
    },
  });
}

/** Runs the story against the real world, then against what was recorded. */
async function tellTwice(story: Story, password = "s3cret-password") {
  const plugin = storyteller(story);
  const { signal } = new AbortController();
  const { doors, close } = createDoors({ signal, toolFolders: ["/usr/bin", "/bin"] });
  const recording = recordDoors(doors, [password]);
  const now = 1_790_000_000_000;
  const log = { debug: () => {}, warn: () => {} };
  const surroundings = {
    config: { password },
    doors: recording.doors,
    now,
    signal,
    memory: createMemory(() => now),
    log,
  };
  const live = await collectReadings(plugin, surroundings);
  await close();
  const written = JSON.stringify({
    about: "A round trip.",
    config: maskTexts({ password }, [password]),
    world: recording.world(),
    expect: {},
  });
  const replayed = await replayCase(plugin, Case.parse(JSON.parse(written)));
  return { live: told(maskTexts(live, [password])), replayed: told(replayed), written };
}

/** The story as data: the order of an answer's fields says nothing. */
const told = ({ inventory, failure }: Collected) => ({
  failure,
  story: inventory?.facts?.told === undefined ? undefined : JSON.parse(String(inventory.facts.told)),
});

const partOf = async (doors: Doors, path: string, offset: number, maxBytes: number) => {
  const { data, ...rest } = await doors.readPart(path, { offset, maxBytes });
  return { ...rest, data: [...data] };
};

const caught = (error: { reason: string; message: string; hint?: string; elapsedMs?: number }) => ({
  reason: error.reason,
  message: error.message,
  hint: error.hint,
  elapsedMs: error.elapsedMs,
});

test("files, folders, links, tools, names and the machine come back as they were", async () => {
  const { live, replayed, written } = await tellTwice(async (doors) => [
    await doors.readFile("/proc/self/limits"),
    await doors.readFile("/no/such").catch(caught),
    await partOf(doors, "/etc/passwd", 0, 30),
    await partOf(doors, "/etc/passwd", -10, 30),
    await partOf(doors, process.execPath, 0, 8),
    await doors.readPart("/no/such", { offset: 0, maxBytes: 1 }).catch(caught),
    await doors.listDir("/usr/share/zoneinfo/Arctic").catch(caught),
    await doors.listDir("/proc/sys/kernel/random"),
    await doors.readLink("/proc/self/exe"),
    await doors.stat("/etc/passwd"),
    await doors.statfs("/"),
    await doors.exec("echo", ["one\ntwo", "x"]),
    await doors.exec("no-such-tool", [], { package: "nothing" }).catch(caught),
    await doors.lookup("localhost"),
    await doors.machine(),
  ]);
  expect(live.failure).toBeUndefined();
  expect(replayed).toEqual(live);
  expect(written).not.toContain("http");
});

test("HTTP answers come back with headers, timings and order", async () => {
  let count = 0;
  const url = await serveHttp((request, response) => {
    count += 1;
    if (request.url === "/json") response.end('{"a":[1,2.5,null]}');
    else if (request.url === "/spaced") response.end('{ "a": 1 }\nb');
    else if (request.url === "/away") response.writeHead(302, { location: "/json" }).end();
    else response.writeHead(503, { "x-count": String(count) }).end(`call ${count}`);
  });
  const { live, replayed } = await tellTwice(async (doors) => [
    await doors.fetch(`${url}/count`),
    await doors.fetch(`${url}/count`),
    await doors.fetch(`${url}/json`),
    await doors.fetch(`${url}/spaced`, { method: "POST", body: "x" }),
    await doors.fetch(`${url}/away`),
    await doors.fetch(`${url}/count`, { maxBytes: 2 }),
    await doors.fetch("http://127.0.0.1:1/").catch(caught),
  ]);
  expect(live.failure).toBeUndefined();
  expect(replayed).toEqual(live);
});

test("streams come back: text, bytes, STARTTLS, ends and failures", async () => {
  const certificates = makeCertificates();
  const context = tls.createSecureContext(certificates.good);
  const port = await serve(
    net.createServer((socket) => {
      socket.write(Buffer.concat([Buffer.from("hello\r\nhex:no\r\n"), Buffer.from([0, 255, 16])]));
      socket.once("data", () => {
        socket.write("go\n");
        const secure = new tls.TLSSocket(socket, { isServer: true, secureContext: context });
        secure.on("error", () => {}).on("data", (data) => secure.end(`you said ${data}`));
      });
    }),
  );
  const { live, replayed } = await tellTwice(async (doors) => {
    const stream = await doors.connect({ transport: "tcp", host: "127.0.0.1", port });
    const told: unknown[] = [await stream.readLine(), await stream.readLine(), [...(await stream.read(3))]];
    await stream.write(new Uint8Array([0, 1, 2]));
    told.push(await stream.readLine());
    await stream.startTls({ verify: false });
    await stream.write("text");
    told.push(stream.tls, stream.connectMs, Buffer.from(await stream.readAll()).toString());
    told.push(await stream.readLine().catch(caught));
    told.push(await doors.connect({ transport: "tcp", host: "127.0.0.1", port: 1 }).catch(caught));
    return told;
  });
  expect(live.failure).toBeUndefined();
  expect(replayed).toEqual(live);
});

test("drivers come back with their answers and failures", async () => {
  const { live, replayed } = await tellTwice(async (doors) => {
    const ask = await doors.driver("db", async () => ({
      ask: async (question: { sql: string }) => {
        if (question.sql === "bad") throw Object.assign(new Error("reset"), { code: "ECONNRESET" });
        return [{ n: question.sql.length, nothing: null }];
      },
      close: async () => {},
    }));
    return [
      await ask({ sql: "select" }),
      await ask({ sql: "bad" }).catch(caught),
      await doors
        .driver("away", async () => {
          throw Object.assign(new Error("no"), { code: "ECONNREFUSED" });
        })
        .catch(caught),
    ];
  });
  expect(live.failure).toBeUndefined();
  expect(replayed).toEqual(live);
});

test("what a driver does through other doors is not written: its answers say it all", async () => {
  const port = await serve(net.createServer((socket) => socket.end("hello\n")));
  const target = { transport: "tcp", host: "127.0.0.1", port } as const;
  const { live, replayed, written } = await tellTwice(async (doors) => {
    const ask = await doors.driver("db", async () => {
      const opened = await doors.connect(target);
      return {
        ask: async () => [await opened.readLine(), await (await doors.connect(target)).readLine()],
        close: async () => opened.close(),
      };
    });
    return [await ask("hello"), await (await doors.connect(target)).readLine()];
  });
  expect(live.failure).toBeUndefined();
  expect(replayed).toEqual(live);
  expect(JSON.parse(written).world.streams).toHaveLength(1);
});

test("a secret is written nowhere, however it was sent, and the replay still matches", async () => {
  const password = 'p/ä "x+y';
  const url = await serveHttp((request, response) => response.end(`asked ${request.url}`));
  const port = await serve(net.createServer((socket) => socket.on("data", (data) => socket.write(`got ${data}\n`))));
  const { live, replayed, written } = await tellTwice(async (doors, secret) => {
    const stream = await doors.connect({ transport: "tcp", host: "127.0.0.1", port });
    const sasl = Buffer.from(`\0user\0${secret}`).toString("base64");
    await stream.write(`AUTH PLAIN ${sasl}\r\n`);
    const greeted = await stream.readLine();
    await stream.write(new Uint8Array([0, Buffer.byteLength(secret), ...Buffer.from(secret)]));
    return [
      greeted,
      (await doors.fetch(`${url}/?key=${encodeURIComponent(secret)}&s=${new URLSearchParams({ secret })}`)).status,
      (await doors.fetch(url, { method: "POST", body: JSON.stringify({ secret }) })).status,
    ];
  }, password);
  expect(live.failure).toBeUndefined();
  expect(replayed.failure).toBeUndefined();
  expect(replayed.story).toEqual(live.story);
  for (const form of [password, encodeURIComponent(password), JSON.stringify(password).slice(1, -1)])
    expect(written).not.toContain(form);
  expect(written).not.toContain(Buffer.from(`\0user\0${password}`).toString("base64"));
  expect(written).not.toContain(Buffer.from(password).toString("hex"));
});

test("a secret that is too short to be found is refused", () => {
  expect(() => maskTexts({ a: "b" }, ["abc"])).toThrow(/cannot be masked/);
});
