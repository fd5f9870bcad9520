import { expect, test } from "vitest";
import { createMemory } from "../sdk/memory";
import { parseIptables } from "./parse-iptables";
import { parseNft } from "./parse-nft";
import { noteRules } from "./report-ruleset";

const nft = (packets: number, handle: number, port: number) => {
  const expr = [{ match: { op: "==", right: port } }, { counter: { packets, bytes: packets * 60 } }, { drop: null }];
  const rule = { family: "inet", table: "filter", chain: "input", handle, expr };
  return parseNft(JSON.stringify({ nftables: [{ metainfo: { version: "1" } }, { rule }] })).fingerprint;
};
const iptables = (packets: number, port: number) =>
  parseIptables(
    `# made on ${packets}\n*filter\n:INPUT DROP [${packets}:9]\n[${packets}:9] -A INPUT --dport ${port} -j ACCEPT\nCOMMIT\n`,
    "ip",
  ).fingerprint;

test("packets, handles and times change no fingerprint; a rule does", () => {
  expect(nft(1, 4, 22)).toBe(nft(2, 9, 22));
  expect(nft(1, 4, 22)).not.toBe(nft(1, 4, 23));
  expect(iptables(1, 22)).toBe(iptables(2, 22));
  expect(iptables(1, 22)).not.toBe(iptables(1, 23));
});

test("a change is told for a quarter of an hour, and what was found first is none", () => {
  let now = 1_790_000_000_000;
  const memory = createMemory(() => now);
  const look = (fingerprint: string) => noteRules({ memory, now }, fingerprint);
  expect(look("a")).toEqual({ changedAt: undefined, isRecent: false });
  now += 30_000;
  expect(look("a")).toEqual({ changedAt: undefined, isRecent: false });
  now += 30_000;
  expect(look("b")).toEqual({ changedAt: now, isRecent: true });
  const changedAt = now;
  now += 899_000;
  expect(look("b")).toEqual({ changedAt, isRecent: true });
  now += 1_000;
  expect(look("b")).toEqual({ changedAt, isRecent: false });
});
