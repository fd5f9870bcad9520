import { CollectError } from "../sdk";

/** Totals of one direction of an interface since it appeared. */
interface Flow {
  readonly bytes: number;
  readonly packets: number;
  readonly errors: number;
  readonly dropped: number;
}
export interface Traffic {
  readonly name: string;
  readonly receive: Flow;
  readonly transmit: Flow;
}

const COLUMNS = 16;

/**
 * Reads /proc/net/dev. Lines that make no sense are left out and counted.
 * @throws CollectError `parse` when it is not that file at all
 */
export function parseTraffic(text: string): { interfaces: Traffic[]; malformed: number } {
  const [first = "", second = "", ...lines] = text.split("\n");
  if (!first.startsWith("Inter-|") || !second.includes("|bytes"))
    throw new CollectError("parse", "net/dev does not look like the kernel's table of interfaces.");
  const interfaces: Traffic[] = [];
  let malformed = 0;
  for (const line of lines) {
    if (line.trim() === "") continue;
    // The last colon: numbers hold none, and an old alias such as eth0:1 does.
    const colon = line.lastIndexOf(":");
    const name = line.slice(0, Math.max(0, colon)).trim();
    const columns = line
      .slice(colon + 1)
      .trim()
      .split(/\s+/)
      .map(parseTotal);
    const receive = flowOf(columns.slice(0, 4));
    const transmit = flowOf(columns.slice(8, 12));
    // A name becomes part of a path below /sys: the kernel allows neither a slash nor dots alone.
    const usable = name !== "" && name !== "." && name !== ".." && !name.includes("/");
    if (usable && columns.length === COLUMNS && receive && transmit) interfaces.push({ name, receive, transmit });
    else malformed += 1;
  }
  return { interfaces, malformed };
}

function flowOf(columns: readonly (number | undefined)[]): Flow | undefined {
  const [bytes, packets, errors, dropped] = columns;
  if (bytes === undefined || packets === undefined || errors === undefined || dropped === undefined) return undefined;
  return { bytes, packets, errors, dropped };
}

/** A whole number of digits only, else undefined: what is unknown is left out, never 0. */
export function parseTotal(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,20}$/.test(text) ? Number(text) : undefined;
}

/** Reads /proc/net/snmp and netstat: a line of names and a line of values for each protocol; keys as `Tcp.RetransSegs`. */
export function parseProtocols(text: string): Map<string, number> {
  const totals = new Map<string, number>();
  const lines = text.split("\n");
  for (let index = 0; index + 1 < lines.length; index += 2) {
    const [protocol = "", ...names] = (lines[index] ?? "").split(" ");
    const [again, ...values] = (lines[index + 1] ?? "").split(" ");
    if (again !== protocol || !protocol.endsWith(":")) continue;
    for (const [at, name] of names.entries()) {
      const value = parseTotal(values[at]);
      if (value !== undefined) totals.set(`${protocol.slice(0, -1)}.${name}`, value);
    }
  }
  return totals;
}

/** The value of one line of /proc/net/snmp6, which has a name and a number on each. */
export function parseSnmp6(text: string, name: string): number | undefined {
  const line = text
    .split("\n")
    .find((candidate) => candidate.startsWith(`${name} `) || candidate.startsWith(`${name}\t`));
  return parseTotal(line?.trim().split(/\s+/)[1]);
}

/** Sockets of each protocol, and TCP's time_wait, from /proc/net/sockstat or sockstat6. */
export function parseSockets(text: string): { inUse: Map<string, number>; timeWait: number | undefined } {
  const inUse = new Map<string, number>();
  let timeWait: number | undefined;
  for (const line of text.split("\n")) {
    const [protocol = "", ...pairs] = line.trim().split(/\s+/);
    const value = (name: string) => (pairs.includes(name) ? parseTotal(pairs[pairs.indexOf(name) + 1]) : undefined);
    const count = value("inuse");
    // FRAG counts fragments waiting for the rest, not sockets.
    if (count !== undefined && protocol.endsWith(":") && !protocol.startsWith("FRAG"))
      inUse.set(protocol.slice(0, -1).toLowerCase(), count);
    if (protocol === "TCP:") timeWait = value("tw");
  }
  return { inUse, timeWait };
}

const STATES: Readonly<Record<string, string>> = {
  "01": "established",
  "02": "syn_sent",
  "03": "syn_recv",
  "04": "fin_wait1",
  "05": "fin_wait2",
  "06": "time_wait",
  "07": "close",
  "08": "close_wait",
  "09": "last_ack",
  "0A": "listen",
  "0B": "closing",
  "0C": "syn_recv",
};

/** Every state with the number of its connections, 0 included, from the texts of /proc/net/tcp and tcp6. */
export function countStates(...texts: readonly string[]): Map<string, number> {
  const counts = new Map(Object.values(STATES).map((state) => [state, 0]));
  for (const text of texts) {
    for (const [, code = ""] of text.matchAll(/^ *\d+: [0-9A-F]+:[0-9A-F]{4} [0-9A-F]+:[0-9A-F]{4} ([0-9A-F]{2}) /gm)) {
      const state = STATES[code];
      if (state) counts.set(state, (counts.get(state) ?? 0) + 1);
    }
  }
  return counts;
}
