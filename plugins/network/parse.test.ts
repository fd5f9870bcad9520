import { expect, test } from "vitest";
import { mainAddress6, parseAddresses6, parseGateway, parseGateway6, parseNeighbours } from "./addresses";
import { addUp, findUplinks } from "./interfaces";
import { countStates, parseProtocols, parseSnmp6, parseSockets, parseTraffic } from "./parse";
import { parsePing, parseTarget } from "./ping-answer";

const HEADINGS =
  "Inter-|   Receive  |  Transmit\n face |bytes packets errs drop fifo frame compressed multicast|bytes packets errs drop fifo colls carrier compressed\n";
const ONES = "1 2 3 4 0 0 0 0 5 6 7 8 0 0 0 0";

test("takes bytes, packets, errors and drops of both directions", () => {
  expect(parseTraffic(`${HEADINGS}  eth0: ${ONES}\n`).interfaces).toEqual([
    {
      name: "eth0",
      receive: { bytes: 1, packets: 2, errors: 3, dropped: 4 },
      transmit: { bytes: 5, packets: 6, errors: 7, dropped: 8 },
    },
  ]);
});

test.each([
  ["no space after the colon (old kernels)", `eth0:${ONES}`, ["eth0"]],
  ["an alias with a colon", `eth0:1: ${ONES}`, ["eth0:1"]],
  ["a name that climbs out of a folder", `..: ${ONES}`, []],
  ["a name with a slash", `a/b: ${ONES}`, []],
  ["a column too few", "eth0: 1 2 3 4 0 0 0 0 5 6 7 8 0 0 0", []],
  ["a negative number", `eth0: -${ONES}`, []],
  ["no colon", "nonsense", []],
])("reads a line with %s", (_, line, names) => {
  const { interfaces, malformed } = parseTraffic(`${HEADINGS}${line}\n`);
  expect(interfaces.map(({ name }) => name)).toEqual(names);
  expect(malformed).toBe(1 - names.length);
});

test.each(["", "<html>", "Inter-|\n"])("refuses a table that is none: %j", (text) => {
  expect(() => parseTraffic(text)).toThrow("does not look like");
});

test("pairs the names and values of a protocol, and skips what does not pair", () => {
  const totals = parseProtocols("Tcp: A MaxConn B\nTcp: 1 -1 3\nUdp: C\nIcmp: 4\nTail:");
  expect([...totals]).toEqual([
    ["Tcp.A", 1],
    ["Tcp.B", 3],
  ]);
});

test("finds a whole name of snmp6, not its beginning", () => {
  expect(parseSnmp6("Udp6InErrorsOther 9\nUdp6InErrors                    \t7\n", "Udp6InErrors")).toBe(7);
  expect(parseSnmp6("", "Udp6InErrors")).toBeUndefined();
});

test("counts sockets but not fragments, and keeps time_wait apart", () => {
  const { inUse, timeWait } = parseSockets("sockets: used 9\nTCP: inuse 4 orphan 0 tw 2\nFRAG: inuse 1\nUDP6: inuse 3");
  expect([...inUse]).toEqual([
    ["tcp", 4],
    ["udp6", 3],
  ]);
  expect(timeWait).toBe(2);
});

test("counts states also where the line number has five digits, and ignores the rest", () => {
  const line = (number: string, state: string) =>
    `${number}: 0100007F:1538 00000000:0000 ${state} 00000000:00000000 00`;
  const counts = countStates(
    [line("   0", "0A"), line("12345", "01"), line("   2", "0C"), line("   3", "FF")].join("\n"),
  );
  expect(Object.fromEntries([...counts].filter(([, count]) => count > 0))).toEqual({
    listen: 1,
    established: 1,
    syn_recv: 1,
  });
});

test("takes the gateway of the default route with the lowest metric that is up", () => {
  const route = (device: string, to: string, via: string, flags: string, metric: number) =>
    `${device}\t${to}\t${via}\t${flags}\t0\t0\t${metric}\t00000000\t0\t0\t0`;
  const rows = [
    route("wlan0", "00000000", "0101A8C0", "0003", 600),
    route("eth0", "00000000", "FE01A8C0", "0003", 100),
    route("eth1", "00000000", "0201A8C0", "0002", 1),
    route("wg0", "00000000", "00000000", "0001", 0),
  ];
  expect(parseGateway(["Iface", ...rows].join("\n"))).toEqual({ address: "192.168.1.254", interface: "eth0" });
  expect(parseGateway("Iface\n")).toBeUndefined();
});

test("scopes a link-local IPv6 gateway and ignores the kernel's reject route", () => {
  const zero = "0".repeat(32);
  const reject = `${zero} 00 ${zero} 00 ${zero} ffffffff 00000001 00000000 00200200 lo`;
  const good = `${zero} 00 ${zero} 00 fe800000000000000000000000000001 00000400 00000002 00000000 00000003 eth0`;
  expect(parseGateway6(`${reject}\n${good}\n`)).toEqual({ address: "fe80::1%eth0", interface: "eth0" });
  expect(parseGateway6(reject)).toBeUndefined();
});

test("knows a neighbour that answered from one that did not", () => {
  const text = "IP address\n10.0.0.1 0x1 0x2 02:00:00:00:00:fe * eth0\n10.0.0.2 0x1 0x0 00:00:00:00:00:00 * eth0\n";
  expect(parseNeighbours(text).map(({ complete }) => complete)).toEqual([true, false]);
});

test("prefers a permanent global address to a temporary and a link-local one", () => {
  const addresses = parseAddresses6(
    [
      "fe800000000000000000000000000001 02 40 20 80 eth0",
      "20010db8000000000000000000000001 02 40 00 01 eth0",
      "20010db800000000000000000000000a 02 40 00 80 eth0",
      "broken",
    ].join("\n"),
  );
  expect(addresses).toHaveLength(3);
  expect(mainAddress6(addresses)).toBe("2001:db8::a");
  expect(mainAddress6([])).toBe("");
});

test.each([
  [
    "iputils",
    "3 packets transmitted, 3 received, 0% packet loss, time 402ms\nrtt min/avg/max/mdev = 0.3/0.412/0.5/0.1 ms",
    0,
    0.000412,
  ],
  [
    "BusyBox",
    "3 packets transmitted, 3 packets received, 0% packet loss\nround-trip min/avg/max = 0.05/2/0.07 ms",
    0,
    0.002,
  ],
  ["errors", "2 packets transmitted, 0 received, +2 errors, 100% packet loss, time 10ms", 1, undefined],
  [
    "duplicates",
    "2 packets transmitted, 3 received, +1 duplicates, 0% packet loss\nrtt min/avg/max/mdev = 1/1/1/0 ms",
    0,
    0.001,
  ],
])("reads the statistics of ping: %s", (_, text, lossRatio, durationSeconds) => {
  expect(parsePing(text)).toEqual({ lossRatio, durationSeconds });
});

test.each(["", "ping: unknown host", "0 packets transmitted, 0 received"])("gives no answer for %j", (text) => {
  expect(parsePing(text)).toBeUndefined();
});

test.each([
  ["gateway", { host: "gateway" }],
  ["nas.lab:443", { host: "nas.lab", port: 443 }],
  ["2001:db8::1", { host: "2001:db8::1" }],
  ["[2001:db8::1]:22", { host: "2001:db8::1", port: 22 }],
  ["[fe80::1%eth0]", { host: "fe80::1%eth0" }],
  ["-f", undefined],
  ["a b", undefined],
  ["nas:0", undefined],
  ["nas:70000", undefined],
  ["$(reboot)", undefined],
  ["", undefined],
])("reads the target %j", (text, target) => {
  expect(parseTarget(text)).toEqual(target);
});

const carried = (name: string, receive: number, transmit: number) => {
  const rest = { packets: 0, errors: 0, dropped: 0 };
  return { name, receive: { bytes: receive, ...rest }, transmit: { bytes: transmit, ...rest } };
};

test("never lets the machine's bytes drop when an interface goes, comes or starts anew", () => {
  const first = addUp(undefined, [carried("eth0", 1_000, 500), carried("usb0", 90_000, 0)]);
  expect(first).toMatchObject({ receive: 0, transmit: 0 });
  const gone = addUp(first, [carried("eth0", 1_300, 500)]);
  expect(gone).toMatchObject({ receive: 300, transmit: 0 });
  const back = addUp(gone, [carried("eth0", 20, 10), carried("usb0", 95_000, 0)]);
  expect(back).toMatchObject({ receive: 300, transmit: 0 });
});

const facts = {
  kind: "virtual",
  hardware: false,
  below: [],
  mac: "",
  speedBitsPerSecond: undefined,
  mtuBytes: undefined,
  duplex: "",
} as const;

test.each([
  ["a tunnel beside hardware", ["eth0", "wg0"], { eth0: { ...facts, hardware: true }, wg0: facts }, ["eth0"]],
  ["a VLAN and its parent without hardware", ["lo", "e0", "e0.5"], { "e0.5": { ...facts, below: ["e0"] } }, ["e0"]],
  ["a VLAN alone, its parent not chosen", ["e0.5"], { "e0.5": { ...facts, below: ["e0"] } }, ["e0.5"]],
])("counts each byte of the machine once: %s", (_, names, known, uplinks) => {
  const chosen = names.map((name) => carried(name, 1, 1));
  expect(findUplinks(chosen, new Map(Object.entries(known))).map(({ name }) => name)).toEqual(uplinks);
});
