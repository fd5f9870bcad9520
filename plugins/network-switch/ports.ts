import { type CollectContext, labelItems, matchesAny, toLabel } from "../sdk";
import type { Value } from "./ask";
import type { Config } from "./config";
import { PORTS, PORTS_X } from "./oids";
import { type Survey, toNumber, toText, walkColumns } from "./survey";

/** ifOperStatus (RFC 2863), from 1. */
export const OPER_STATES = ["up", "down", "testing", "unknown", "dormant", "notPresent", "lowerLayerDown"] as const;

/** A port as the agent tells of it. What is unknown is undefined. Totals since the agent started. */
export interface Port {
  readonly index: string;
  readonly label: string;
  readonly alias: string;
  readonly state: (typeof OPER_STATES)[number];
  readonly adminUp: boolean;
  readonly bitsPerSecond: number | undefined;
  /** When the link came or went, by the agent's clock; 1/100 s. */
  readonly lastChange: number | undefined;
  readonly halfDuplex: boolean | undefined;
  readonly receive: Totals;
  readonly transmit: Totals;
}

export interface Totals {
  readonly bytes: number | undefined;
  readonly packets: number | undefined;
  readonly errors: number | undefined;
  readonly discards: number | undefined;
}

type Columns = Record<keyof typeof PORTS | keyof typeof PORTS_X, Map<string, Value>>;

/** Reads all ports the settings ask for, in the order of their numbers. */
export async function readPorts(survey: Survey): Promise<Port[]> {
  const { config } = survey.context;
  const base = await walkColumns(survey, PORTS);
  const more = config.version === "1" ? emptyColumns() : await walkColumns(survey, PORTS_X);
  const columns: Columns = { ...base, ...more };
  const indexes = [...columns.oper.keys()].sort((a, b) => Number(a) - Number(b));
  const labelled = labelItems(indexes, {
    name: (index) => toText(columns.name.get(index)) || toText(columns.descr.get(index)) || `port ${index}`,
    id: (index) => index,
  });
  return labelled.map(({ item, label }) => describePort(columns, item, label)).filter((port) => isWanted(port, config));
}

function isWanted({ label }: Port, { portsInclude, portsExclude }: CollectContext<Config>["config"]): boolean {
  return (portsInclude.length === 0 || matchesAny(label, portsInclude)) && !matchesAny(label, portsExclude);
}

function describePort(columns: Columns, index: string, label: string): Port {
  const number = (name: keyof Columns) => toNumber(columns[name].get(index));
  const megabits = number("highSpeed") ?? 0;
  const speed = megabits > 0 ? megabits * 1_000_000 : number("speed");
  const duplex = number("duplex");
  return {
    index,
    label,
    alias: toLabel(toText(columns.alias.get(index))),
    state: OPER_STATES[(number("oper") ?? 4) - 1] ?? "unknown",
    adminUp: number("admin") !== 2,
    bitsPerSecond: speed !== undefined && speed > 0 ? speed : undefined,
    lastChange: number("lastChange"),
    // 1 is unknown.
    halfDuplex: duplex === 2 ? true : duplex === 3 ? false : undefined,
    receive: {
      // 32-bit counters wrap within minutes on a fast link, so the long ones come first.
      bytes: number("hcInOctets") ?? number("inOctets"),
      packets:
        addKnown([number("hcInUcast"), number("hcInMulticast"), number("hcInBroadcast")]) ??
        addKnown([number("inUcast"), number("inNonUcast")]),
      errors: number("inErrors"),
      discards: number("inDiscards"),
    },
    transmit: {
      bytes: number("hcOutOctets") ?? number("outOctets"),
      packets:
        addKnown([number("hcOutUcast"), number("hcOutMulticast"), number("hcOutBroadcast")]) ??
        addKnown([number("outUcast"), number("outNonUcast")]),
      errors: number("outErrors"),
      discards: number("outDiscards"),
    },
  };
}

/** The first must be known: an agent without multicast counters still counts packets. */
function addKnown([first, ...more]: readonly (number | undefined)[]): number | undefined {
  if (first === undefined) return undefined;
  return more.reduce<number>((sum, value) => sum + (value ?? 0), first);
}

function emptyColumns(): Record<keyof typeof PORTS_X, Map<string, Value>> {
  const entries = Object.keys(PORTS_X).map((name) => [name, new Map<string, Value>()]);
  // Made of the names of PORTS_X, all of them.
  return Object.fromEntries(entries) as Record<keyof typeof PORTS_X, Map<string, Value>>;
}
