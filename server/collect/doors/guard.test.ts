import { createServer } from "node:net";
import { expect, test } from "vitest";
import { parseNetwork } from "../../../plugins/sdk/ip-address";
import { openChannelDoors } from "../../channel-doors";
import { systemClock } from "../../clock";
import { createDoors } from "./doors";
import { createGuard, type Guard } from "./guard";
import type { Address } from "./lookup";
import { NO_WEB_URLS, REFUSED_FORMS, REFUSED_URLS, REFUSED_WITH_ZONES } from "./test-refused-forms";
import { serve, serveHttp } from "./test-servers";

const { signal } = new AbortController();
const asAddress = (address: string): Address => ({ address, family: address.includes(":") ? 6 : 4 });
const inUrl = (host: string) => (host.includes(":") ? `[${host}]` : host);

/** Doors of plugins and of channels; names are looked up in a table, whose answers change from question to question. */
function openDoors(names: Readonly<Record<string, readonly string[][]>> = {}, allowed: readonly string[] = []) {
  const asked: string[] = [];
  const lookup: Guard = async (name) => {
    asked.push(name);
    const answers = names[name] ?? [];
    const before = asked.filter((one) => one === name).length - 1;
    return (answers[Math.min(before, answers.length - 1)] ?? []).map(asAddress);
  };
  const guard = createGuard({ lookup, allowed: allowed.flatMap((text) => parseNetwork(text) ?? []) });
  const plugin = createDoors({ signal, guard }).doors;
  const nothingIsPushed = () => Promise.reject(new Error("Nothing is pushed."));
  const channel = openChannelDoors({ clock: systemClock, pushKeys: nothingIsPushed, guard }, signal);
  return { plugin, channel, guard, asked };
}
const { plugin, channel } = openDoors();
const port = 80;
const payload = Uint8Array.of(1);

const REFUSED = { reason: "permission", hint: expect.stringContaining("UNITY_ALLOW_ADDRESSES=") };

test.each(REFUSED_FORMS)("no door leads to %s (%s)", async (host) => {
  await expect(plugin.fetch(`http://${inUrl(host)}/`)).rejects.toMatchObject(REFUSED);
  await expect(channel.fetch(`https://${inUrl(host)}/`, {})).rejects.toMatchObject(REFUSED);
  await expect(plugin.connect({ transport: "tcp", host, port })).rejects.toMatchObject(REFUSED);
  await expect(plugin.connect({ transport: "tls", host, port })).rejects.toMatchObject(REFUSED);
  await expect(plugin.datagram({ host, port, payload })).rejects.toMatchObject(REFUSED);
  await expect(plugin.lookup(host)).rejects.toMatchObject(REFUSED);
  await expect(channel.dial(host, port)).rejects.toMatchObject(REFUSED);
  await expect(plugin.fetch("http://127.0.0.1/", { resolve: host })).rejects.toMatchObject(REFUSED);
});

test.each(REFUSED_FORMS)("no redirect leads to %s (%s)", async (host) => {
  const location = `http://${inUrl(host)}/`.replace(/[^ -~]/gu, encodeURIComponent);
  const url = await serveHttp((_, response) => response.writeHead(302, { location }).end());
  await expect(plugin.fetch(url)).rejects.toMatchObject(REFUSED);
});

test.each(REFUSED_WITH_ZONES)("a zone does not hide %s", async (host) => {
  for (const opened of [
    plugin.connect({ transport: "tcp", host, port }),
    plugin.datagram({ host, port, payload }),
    channel.dial(host, port),
  ])
    await expect(opened).rejects.toMatchObject(REFUSED);
  await expect(plugin.fetch(`http://[${host}]/`)).rejects.toMatchObject({ reason: "protocol" });
});

test.each(REFUSED_URLS)("the host of %j is the one that is connected to", async (url) => {
  await expect(plugin.fetch(url)).rejects.toMatchObject(REFUSED);
  await expect(channel.fetch(url, {})).rejects.toMatchObject(REFUSED);
  const first = await serveHttp((_, response) => response.writeHead(307, { location: url.trim() }).end());
  // Some of them are a path of the first host when they come from there.
  await expect(plugin.fetch(first)).rejects.toMatchObject({ reason: expect.stringMatching(/^(permission|protocol)$/) });
});

test.each(NO_WEB_URLS)("%s is not opened, neither at first nor by a redirect", async (url) => {
  await expect(plugin.fetch(url)).rejects.toMatchObject({ reason: "protocol" });
  await expect(channel.fetch(url, {})).rejects.toMatchObject({ reason: "protocol" });
  const first = await serveHttp((_, response) => response.writeHead(302, { location: url }).end());
  await expect(plugin.fetch(first)).rejects.toMatchObject({ reason: "protocol" });
});

test.each([
  "http://127.0.0.1\r\nx:y/",
  "http://169.254\n.169.254/",
  "http://127.0.0.1/\r\nHost: other",
  "http://127.0.0.1/\tx",
  "http://127.0.0.1/\0",
  "http://127.0.0.1:0x50/",
  "http://127.0.0.1:65536/",
  "http://127.0.0.1:-1/",
  "http://%zz@/",
  "http://me:100%@127.0.0.1/",
  "http://[::1/",
  "http://256.256.256.256/",
  "http://",
  "//127.0.0.1/",
])("%j is no address", async (url) => {
  await expect(plugin.fetch(url)).rejects.toMatchObject({ reason: "protocol" });
  await expect(channel.fetch(url, {})).rejects.toMatchObject({ reason: "protocol" });
});
test("0 is no port", async () => {
  await expect(plugin.fetch("http://127.0.0.1:0/")).rejects.toMatchObject({ hint: "Use a number from 1 to 65535." });
});

test.each(["", " ", "a b", "nas\r\nx", "http://nas", "nas/x", "nas:80", "me@nas", "nas#x", "nas?x", "nas\\x", "[nas]"])(
  "%j is no host",
  async (host) => {
    await expect(plugin.connect({ transport: "tcp", host, port })).rejects.toMatchObject({ reason: "dns" });
    await expect(plugin.datagram({ host, port, payload })).rejects.toMatchObject({ reason: "dns" });
    await expect(channel.dial(host, port)).rejects.toMatchObject({ reason: "dns" });
  },
);

test.each([
  "127.0.0.1",
  "127.0.0.1.",
  "127.1",
  "2130706433",
  "0x7f.1",
  "0177.0.0.1",
  "１２７.０.０.１",
  "::ffff:127.0.0.1",
])("%s is this machine, and may be watched", async (host) => {
  const url = await serveHttp((_, response) => response.end("here"));
  const here = Number(new URL(url).port);
  expect((await plugin.fetch(`http://${inUrl(host)}:${here}/`)).body).toBe("here");
  expect((await channel.fetch(`http://${inUrl(host)}:${here}/`, {})).body).toBe("here");
  (await plugin.connect({ transport: "tcp", host, port: here })).close();
  (await channel.dial(host, here)).destroy();
});

test.each([
  "10.0.0.1",
  "172.16.0.1",
  "192.168.1.1",
  "100.64.0.1",
  "169.253.255.255",
  "169.255.0.0",
  "8.8.8.8",
  "240.0.0.1",
  "::1",
  "fc00::1",
  "fd00::1",
  "fd00:ec2::1",
  "2001:db8::1",
  "2001:4860:4860::8888",
  "::ffff:10.0.0.1",
  "64:ff9b::10.0.0.1",
  "64:ff9b:1::10.0.0.1",
  "2002:a00:1::1",
  "2001:0:4136:e378:8000:63bf:3fff:fdd2",
  "2001:db8::5efe:10.0.0.1",
])("%s may be watched", async (address) => {
  expect(await createGuard()(address)).toEqual([asAddress(address)]);
});

test.each(["nas.lab", "NAS.lab", "ｎａｓ.lab", "nas。lab", "n\u00adas.lab"])(
  "%s is looked up as nas.lab",
  async (host) => {
    const { guard, asked } = openDoors({ "nas.lab": [["10.0.0.2"]] });
    expect(await guard(host)).toEqual([asAddress("10.0.0.2")]);
    expect(asked).toEqual(["nas.lab"]);
  },
);
test.each(["bücher.test", "xn--bcher-kva.test", "BÜCHER.test"])("%s is looked up in punycode", async (host) => {
  const { plugin, channel, asked } = openDoors({ "xn--bcher-kva.test": [["169.254.169.254"]] });
  await expect(plugin.fetch(`http://${host}/`)).rejects.toMatchObject(REFUSED);
  await expect(channel.dial(host, port)).rejects.toMatchObject(REFUSED);
  expect(asked).toEqual(["xn--bcher-kva.test", "xn--bcher-kva.test"]);
});

test.each([
  ["metadata.google.internal", "169.254.169.254"],
  ["metadata.google.internal.", "169.254.169.254"],
  ["mapped.test", "::ffff:169.254.169.254"],
  ["nat64.test", "64:ff9b::a9fe:a9fe"],
  ["printer.local", "fe80::1%eth0"],
  ["nowhere.test", "0.0.0.0"],
])("a name does not hide an address: %s", async (host, address) => {
  const { plugin, channel } = openDoors({ [host]: [[address]] });
  for (const opened of [
    plugin.fetch(`http://${host}/`),
    plugin.connect({ transport: "tcp", host, port }),
    plugin.datagram({ host, port, payload }),
    plugin.lookup(host),
    channel.fetch(`http://${host}/`, {}),
    channel.dial(host, port),
  ])
    await expect(opened).rejects.toMatchObject(REFUSED);
});

test("of a name with several addresses, only those that may be are connected to", async () => {
  const { plugin, channel } = openDoors({ "nas.local": [["169.254.7.7", "fe80::7", "127.0.0.1"]] });
  const here = await serve(createServer((socket) => socket.end("x")));
  const stream = await plugin.connect({ transport: "tcp", host: "nas.local", port: here });
  expect(stream.remoteAddress).toBe("127.0.0.1");
  stream.close();
  const socket = await channel.dial("nas.local", here);
  expect(socket.remoteAddress).toBe("127.0.0.1");
  socket.destroy();
  expect(await plugin.lookup("nas.local")).toEqual([asAddress("127.0.0.1")]);
});

test("a name is looked up once for each connection, and what was looked at is connected to", async () => {
  const url = await serveHttp((_, response) => response.end("here"));
  const { port: here } = new URL(url);
  const { plugin, asked } = openDoors({ "rebind.test": [["127.0.0.1"], ["169.254.169.254"], ["127.0.0.1"]] });
  const place = `http://rebind.test:${here}/`;
  expect(await plugin.fetch(place)).toMatchObject({ body: "here", remoteAddress: "127.0.0.1" });
  expect(asked).toHaveLength(1);
  await expect(plugin.fetch(place)).rejects.toMatchObject(REFUSED);
  expect((await plugin.fetch(place)).body).toBe("here");
});

test("a name is looked at anew on each hop, also when it stays the same", async () => {
  const url = await serveHttp((request, response) => {
    if (request.url === "/") response.writeHead(302, { location: "/latest" }).end();
    else response.end("never");
  });
  const { plugin, asked } = openDoors({ "rebind.test": [["127.0.0.1"], ["169.254.169.254"]] });
  await expect(plugin.fetch(`http://rebind.test:${new URL(url).port}/`)).rejects.toMatchObject(REFUSED);
  expect(asked).toHaveLength(2);
});

test("says which address a name leads to, and what to do", async () => {
  const { plugin } = openDoors({ "nas.test": [["169.254.10.9"]] });
  await expect(plugin.fetch("http://nas.test/")).rejects.toMatchObject({
    message: "nas.test is 169.254.10.9, which is a link-local or metadata address; Unity does not connect to it.",
    hint: "Use the service's ordinary address. If it is meant, whoever runs Unity can allow it with UNITY_ALLOW_ADDRESSES=169.254.10.9.",
  });
  await expect(plugin.fetch("http://0.0.0.0/")).rejects.toMatchObject({
    hint: expect.stringContaining("write 127.0.0.1"),
  });
});

test("an admin may allow an address, and what stands for it, but nothing beside it", async () => {
  const { guard } = openDoors({ "ups.test": [["169.254.10.9"]] }, ["169.254.10.0/24", "fe80::7", "64:ff9b::a9fe:b01"]);
  const allowed = ["169.254.10.9", "::ffff:169.254.10.9", "64:ff9b::169.254.10.9", "fe80::7%eth0", "64:ff9b::a9fe:b01"];
  for (const host of allowed) expect(await guard(host)).toEqual([asAddress(host)]);
  expect(await guard("ups.test")).toEqual([asAddress("169.254.10.9")]);
  for (const host of ["169.254.11.1", "169.254.169.254", "fe80::8", "64:ff9b::169.254.11.2"])
    await expect(guard(host)).rejects.toMatchObject(REFUSED);
});
