import { createSocket } from "node:dgram";
import dns from "node:dns";
import packet from "dns-packet";
import { afterEach, expect, test } from "vitest";
import { createDoors } from "../../server/collect/doors/doors";
import { createGuard } from "../../server/collect/doors/guard";
import { collectReadings } from "../sdk/collect";
import { createMemory } from "../sdk/memory";
import plugin from ".";
import { addressOf } from "./address";
import { HELLO, startDouble } from "./test-mongo-double";

/** Where the plugin and its client library connect to, with servers and names that lead elsewhere. */
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** @param names their addresses, one list for each time they are looked up */
async function collect(config: Record<string, unknown>, names: Readonly<Record<string, readonly string[]>> = {}) {
  const { signal } = new AbortController();
  const asked: string[] = [];
  const lookup = async (host: string) => {
    const answers = names[host] ?? [];
    const address = answers[Math.min(asked.filter((one) => one === host).length, answers.length - 1)];
    asked.push(host);
    return address === undefined ? [] : [{ address, family: 4 as const }];
  };
  const { doors, close } = createDoors({ signal, guard: createGuard({ lookup }) });
  const collected = await collectReadings(plugin, {
    config: { serverSelectionTimeoutMs: 1_000, ...config },
    ...{ doors, now: Date.now(), signal, memory: createMemory(() => Date.now()) },
    log: { debug: () => {}, warn: () => {} },
  });
  await close();
  return { ...collected, asked };
}

/** A member of a set that notes what it is asked. */
async function startMember(hello: Readonly<Record<string, unknown>> = {}) {
  const commands: string[] = [];
  const { port, stop } = await startDouble((_, command) => {
    const [name = ""] = Object.keys(command);
    commands.push(name);
    if (/^(hello|ismaster)$/i.test(name)) return { ...HELLO, ...hello };
    if (name === "serverStatus") return { host: "nas", version: "8.0.4", process: "mongod", uptime: 1 };
    return { code: 59, errmsg: `no such command: '${name}'` };
  });
  stops.push(stop);
  return { port, commands, wasAsked: () => commands.includes("serverStatus") };
}
const secondary = { isWritablePrimary: false, ismaster: false, secondary: true, setName: "rs0", hosts: [] };

test("asks the primary that a member names", async () => {
  const primary = await startMember({ setName: "rs0" });
  const member = await startMember({ ...secondary, primary: `127.0.0.1:${primary.port}` });
  const uri = `mongodb://127.0.0.1:${member.port}/?replicaSet=rs0`;
  expect((await collect({ uri, direct: false })).failure).toBeUndefined();
  expect([primary.wasAsked(), member.wasAsked()]).toEqual([true, false]);
  expect((await collect({ uri, direct: true })).failure).toBeUndefined();
  expect(member.wasAsked()).toBe(true);
});

test("asks the secondary when the primary is gone, and the next host when one does not answer", async () => {
  const member = await startMember({ ...secondary, primary: "127.0.0.1:1" });
  const uri = `mongodb://127.0.0.1:2,127.0.0.1:${member.port}`;
  expect((await collect({ uri, direct: false })).failure).toBeUndefined();
  expect(member.wasAsked()).toBe(true);
});

test.each(["169.254.169.254:80", "[fd00:ec2::254]:80", "metadata.test:80"])(
  "a member that names %s leads nobody there",
  async (elsewhere) => {
    const member = await startMember({ ...secondary, primary: elsewhere, hosts: [elsewhere], me: elsewhere });
    const names = { "metadata.test": ["169.254.169.254"] };
    const uri = `mongodb://127.0.0.1:${member.port}`;
    const { failure } = await collect({ uri, direct: false }, names);
    expect(failure).toMatchObject({ reason: "permission", hint: expect.stringContaining("UNITY_ALLOW_ADDRESSES") });
    expect((await collect({ uri, direct: true }, names)).failure).toBeUndefined();
  },
);

test("a name that leads elsewhere the second time is refused to the library too", async () => {
  const member = await startMember();
  const uri = `mongodb://rebind.test:${member.port}`;
  const { failure } = await collect({ uri }, { "rebind.test": ["127.0.0.1", "169.254.169.254"] });
  expect(failure).toMatchObject({ reason: "permission", message: expect.stringContaining("169.254.169.254") });
  expect(member.wasAsked()).toBe(false);
});

test.each([
  "proxyHost=169.254.169.254&proxyPort=80",
  "PROXYHOST=169.254.169.254",
  "authMechanism=MONGODB-OIDC&authMechanismProperties=ENVIRONMENT:azure,TOKEN_RESOURCE:x",
  "authMechanism=MONGODB-AWS",
  "authMechanism=.*",
  "a=b?c&authMechanismProperties=ENVIRONMENT:gcp",
  "%70roxyHost=169.254.169.254",
])("the option %s, which leads elsewhere, is not taken", (option) => {
  expect(plugin.config.safeParse({ uri: `mongodb://db.lab/?${option}` }).success).toBe(false);
  expect(plugin.config.safeParse({ uri: "mongodb://db.lab/?authMechanism=PLAIN&tls=true" }).success).toBe(true);
});

/** A name server for the library's own questions. */
async function serveNames(target: string, port: number): Promise<void> {
  const server = createSocket("udp4");
  server.on("message", (message, from) => {
    const { id, questions = [] } = packet.decode(message);
    const [question] = questions;
    const answers =
      question?.type === "SRV" ? [{ type: "SRV" as const, name: question.name, data: { target, port } }] : [];
    server.send(packet.encode({ type: "response", id: id ?? 0, questions, answers }), from.port, from.address);
  });
  await new Promise<void>((resolve) => server.bind(0, "127.0.0.1", resolve));
  const before = dns.getServers();
  dns.setServers([`127.0.0.1:${server.address().port}`]);
  stops.push(() => {
    dns.setServers(before);
    server.close();
  });
}

test("hosts that the DNS names for a service are looked at like those of an address", async () => {
  const member = await startMember();
  await serveNames("db.lab.test", member.port);
  const uri = "mongodb+srv://cluster.lab.test/?tls=false";
  expect((await collect({ uri }, { "db.lab.test": ["127.0.0.1"] })).failure).toBeUndefined();
  expect(member.wasAsked()).toBe(true);
  const { failure } = await collect({ uri }, { "db.lab.test": ["169.254.169.254"] });
  expect(failure).toMatchObject({ reason: "permission", message: expect.stringContaining("db.lab.test is 169.254") });
});

test("keeps an address's path and options for one host", () => {
  const uri = "mongodb+srv://cluster.lab.test/db?srvMaxHosts=2&tls=false&readConcernLevel=local";
  expect(addressOf({ host: "fd00::1", port: 1 }, uri)).toBe(
    "mongodb://[fd00::1]:1/db?tls=false&readConcernLevel=local",
  );
  expect(addressOf({ host: "a", port: 2 }, "mongodb://x,y?tls=true")).toBe("mongodb://a:2/?tls=true");
});
