import { type CollectContext, CollectError, type Report } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";
import { parseAmount } from "./parse-amount";
import type { Space } from "./pool";
import { listRows, runStorageTool } from "./run-tool";
import type { PoolStatus } from "./zpool-status";
import { parseStatusJson } from "./zpool-status-json";
import { parseStatusText } from "./zpool-status-text";

type Context = CollectContext<Config>;

/** Newest first. The last is zfs-fuse and other ports of before 2014. */
const DIALECTS = [["status", "-j", "--json-int"], ["status", "-p"], ["status"]] as const;
/** An upgrade of ZFS is noticed after so long. Seconds. */
const DIALECT_SECONDS = 86_400;

/** Reads the state of all pools in the newest words this machine's zpool knows. */
export async function readPoolStatus(context: Context, report: Report<typeof metrics>): Promise<PoolStatus[]> {
  const { memory } = context;
  if (memory.due("dialect", DIALECT_SECONDS)) memory.keep("dialect", 0);
  for (let dialect = memory.recall<number>("dialect")?.value ?? 0; dialect < DIALECTS.length; dialect += 1) {
    const { code, stdout } = await runStorageTool(context, "zpool", DIALECTS[dialect] ?? ["status"]);
    if (code === 2) continue;
    memory.keep("dialect", dialect);
    return dialect === 0 ? fromJson(stdout, report) : parseStatusText(stdout);
  }
  throw new CollectError("unsupported_version", "zpool status does not work here as it does elsewhere.");
}

function fromJson(stdout: string, report: Report<typeof metrics>): PoolStatus[] {
  const parsed = parseStatusJson(stdout);
  if (!parsed)
    throw new CollectError(
      "parse",
      `zpool status -j printed ${JSON.stringify(stdout.slice(0, 100))} instead of pools.`,
    );
  if (parsed.malformed > 0) report.partial("parse", `${parsed.malformed} pools in zpool status -j make no sense.`);
  return parsed.pools;
}

const COLUMNS = ["name", "size", "allocated", "free", "capacity", "dedupratio"] as const;

/** Reads the space of all pools, by name. */
export async function readPoolSpace(context: Context): Promise<Map<string, Space>> {
  const rows = await listRows(context, "zpool", {
    exact: ["-o", [...COLUMNS, "fragmentation"].join(",")],
    plain: ["-o", COLUMNS.join(",")],
  });
  const spaces = new Map<string, Space>();
  for (const [name, ...fields] of rows) {
    if (!name || fields.length < COLUMNS.length - 1) continue;
    const [size, allocated, free, capacity, dedupRatio, fragmentation] = fields.map((field) => parseAmount(field));
    spaces.set(name, {
      size,
      allocated,
      free,
      // The column is whole per cents.
      usedRatio: ratioOf(allocated, size) ?? ratioOf(capacity, 100),
      fragmentationRatio: ratioOf(fragmentation, 100),
      dedupRatio,
    });
  }
  return spaces;
}

const ratioOf = (part: number | undefined, whole: number | undefined) =>
  part === undefined || whole === undefined || whole <= 0 ? undefined : Math.min(1, part / whole);
