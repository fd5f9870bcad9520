import { z } from "zod";
import { parseAmount, parseInstant } from "./parse-amount";
import type { Device, Scan } from "./pool";
import { isGone, isWell } from "./vdev-state";
import type { PoolStatus } from "./zpool-status";

/** Numbers with --json-int; without it, and in early builds, they are text. */
const amount = z.union([z.number(), z.string()]).nullish();

const Vdev = z.object({
  name: z.string(),
  state: z.string().nullish(),
  read_errors: amount,
  write_errors: amount,
  checksum_errors: amount,
  get vdevs() {
    return z.record(z.string(), Vdev).nullish();
  },
});
type Vdev = z.output<typeof Vdev>;

const ScanStats = z.object({
  function: z.string().nullish(),
  state: z.string().nullish(),
  start_time: amount,
  end_time: amount,
  to_examine: amount,
  skipped: amount,
  issued: amount,
  errors: amount,
  scrub_pause: amount,
});

const Pool = z.object({
  name: z.string(),
  state: z.string(),
  status: z.string().nullish(),
  error_count: amount,
  scan_stats: ScanStats.nullish().catch(undefined),
  vdevs: z.record(z.string(), Vdev).nullish(),
});
/** `dedup` is a class of devices or a table of statistics; what is no device is left out. */
const CLASSES = ["dedup", "special", "logs", "l2cache", "spares"] as const;
const Status = z.object({ pools: z.record(z.string(), z.unknown()) });

/**
 * Reads `zpool status -j --json-int` (OpenZFS 2.3 and newer). One pool that makes no sense does not cost the others.
 * @returns undefined when the whole is no such answer
 */
export function parseStatusJson(text: string): { pools: PoolStatus[]; malformed: number } | undefined {
  const answer = Status.safeParse(readJson(text));
  if (!answer.success) return undefined;
  const pools: PoolStatus[] = [];
  let malformed = 0;
  for (const entry of Object.values(answer.data.pools)) {
    const parsed = Pool.safeParse(entry);
    if (parsed.success) pools.push(describePool(parsed.data, entry));
    else malformed += 1;
  }
  return { pools, malformed };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // The caller says what the tool printed instead.
  }
}

function describePool(pool: z.output<typeof Pool>, entry: unknown): PoolStatus {
  const devices = new Map<string, Device>();
  const missing = new Set<string>();
  const add = (vdev: Vdev) => {
    const state = vdev.state ?? "UNKNOWN";
    const children = Object.values(vdev.vdevs ?? {});
    // A spare in use stands below the device it replaces as well; the first one counts.
    if (!devices.has(vdev.name)) devices.set(vdev.name, describeVdev(vdev, state));
    if (children.length === 0 && isGone(state)) missing.add(vdev.name);
    for (const child of children) add(child);
  };
  // The root is the pool itself.
  for (const root of Object.values(pool.vdevs ?? {})) for (const vdev of Object.values(root.vdevs ?? {})) add(vdev);
  for (const name of CLASSES) for (const vdev of classMembers(entry, name)) add(vdev);
  return {
    name: pool.name,
    state: pool.state,
    status: pool.status?.replace(/\s+/g, " ").trim() || undefined,
    scan: pool.scan_stats ? describeScan(pool.scan_stats) : { kind: "none", running: false, errors: {} },
    devices: [...devices.values()],
    devicesMissing: missing.size,
    dataErrors: parseAmount(pool.error_count),
  };
}

function classMembers(entry: unknown, name: string): Vdev[] {
  const members = z.object({ [name]: z.record(z.string(), z.unknown()) }).safeParse(entry);
  return Object.values(members.data?.[name] ?? {})
    .map((member) => Vdev.safeParse(member))
    .flatMap(({ data }) => (data ? [data] : []));
}

function describeVdev(vdev: Vdev, state: string): Device {
  const errors: Record<string, number> = {};
  const counts = [
    ["read", vdev.read_errors],
    ["write", vdev.write_errors],
    ["checksum", vdev.checksum_errors],
  ] as const;
  for (const [kind, text] of counts) {
    const count = parseAmount(text);
    if (count !== undefined) errors[kind] = count;
  }
  return { name: vdev.name, state, healthy: isWell(state), errors };
}

function describeScan(scan: z.output<typeof ScanStats>): Scan {
  const kind = scan.function === "SCRUB" ? "scrub" : scan.function === "RESILVER" ? "resilver" : "none";
  const scanning = scan.state === "SCANNING";
  const running = scanning && !(parseAmount(scan.scrub_pause) ?? 0);
  const whole = (parseAmount(scan.to_examine) ?? 0) - (parseAmount(scan.skipped) ?? 0);
  const issued = parseAmount(scan.issued);
  const finished = kind === "scrub" && scan.state === "FINISHED";
  const errors = parseAmount(scan.errors);
  return {
    kind,
    running,
    finishedAt: finished ? instantOf(scan.end_time) : undefined,
    progressRatio: running && issued !== undefined && whole > 0 ? issued / whole : undefined,
    errors: kind === "scrub" && errors !== undefined && (finished || scanning) ? { uncorrectable: errors } : {},
  };
}

function instantOf(value: string | number | null | undefined): number | undefined {
  if (typeof value === "number") return value > 0 ? value : undefined;
  return parseInstant(value ?? undefined);
}
