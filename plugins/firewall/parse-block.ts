import { canonicalAddress } from "../sdk";

export interface Blocked {
  /** tcp, udp, icmp, or other. */
  readonly proto: string;
  readonly source: string;
}

const PROTOS: Readonly<Record<string, string>> = { TCP: "tcp", UDP: "udp", ICMP: "icmp", ICMPv6: "icmp" };
/** Packets that are let through may be logged as well. */
const LET_THROUGH = /allow|accept|audit|limit\b(?!.*block)/i;

/**
 * A packet the kernel logged, `[UFW BLOCK] IN=eth0 OUT= MAC=.. SRC=.. DST=.. PROTO=TCP SPT=.. DPT=..`. Before IN= stands what the rule's
 * author wrote; the order of the rest is not fixed. Undefined when it is none, or was let through.
 */
export function parseBlock(line: string): Blocked | undefined {
  const at = line.search(/\bIN=\S* OUT=/);
  if (at < 0 || LET_THROUGH.test(line.slice(0, at))) return undefined;
  const words = new Map<string, string>();
  for (const word of line.slice(at).split(" ")) {
    const equals = word.indexOf("=");
    const name = word.slice(0, Math.max(0, equals));
    // The packet that an ICMP error speaks of is told behind it, in brackets.
    if (equals > 0 && !words.has(name)) words.set(name, word.slice(equals + 1));
  }
  const source = canonicalAddress(words.get("SRC") ?? "");
  if (source === undefined) return undefined;
  return { proto: PROTOS[words.get("PROTO") ?? ""] ?? "other", source };
}
