import { type CollectContext, CollectError, type Report, readPart, toLabel } from "../sdk";
import { collectArc } from "./arc";
import type { Config } from "./config";
import { readKernelStates } from "./kernel-states";
import type { metrics } from "./metrics";
import type { Pool } from "./pool";
import { reportPool } from "./report-pool";
import { isWell } from "./vdev-state";
import { collectDatasets, collectSnapshots } from "./zfs-datasets";
import { readPoolSpace, readPoolStatus } from "./zpool";

type Context = CollectContext<Config>;
type Reported = Report<typeof metrics>;

export interface Found {
  readonly pools: readonly Pool[];
  readonly truncated: boolean;
}

/** Reads ZFS. @returns undefined where there is none and none was asked for */
export async function collectZfs(context: Context, report: Reported): Promise<Found | undefined> {
  const kernel = await readKernelStates(context);
  const { config } = context;
  const isWanted = (name: string) => config.pools.length === 0 || config.pools.includes(name);
  let found: Awaited<ReturnType<typeof readPoolStatus>>;
  try {
    found = (await readPoolStatus(context, report)).filter(({ name }) => isWanted(name));
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    if (kernel === undefined && isAbsence(error, config)) return undefined;
    const states = [...(kernel ?? [])].filter(([name]) => isWanted(name));
    reportKernelStates(report, states.slice(0, config.maxItems));
    throw error;
  }
  sayMissing(config.pools, found, report);
  const shown = found.slice(0, config.maxItems);
  const spaces = shown.length > 0 ? await readPoolSpace(context) : new Map<string, Pool["space"]>();
  const pools = shown.map((status): Pool => {
    // The kernel knows a pool that hangs as SUSPENDED before zpool does.
    const state = kernel?.get(status.name) === "SUSPENDED" ? "SUSPENDED" : status.state;
    return { ...status, fs: "zfs", state, healthy: isWell(state), space: spaces.get(status.name) ?? {} };
  });
  for (const pool of pools) reportPool(context, report, pool);
  await collectArc(context, report);
  const names = shown.map(({ name }) => name);
  const tooMany = found.length > shown.length || shown.some(({ devices }) => devices.length > config.maxItems);
  const datasets = await readPart(context, report, () => collectDatasets(context, report, names));
  if (datasets) await collectSnapshots(context, report, names, datasets.shown);
  return { pools, truncated: tooMany || (datasets?.truncated ?? false) };
}

/** Without a word about ZFS in the settings, its absence is no failure. */
const isAbsence = ({ reason }: CollectError, { type, pools }: Config) =>
  (reason === "missing_tool" || reason === "not_found") && type === "auto" && pools.length === 0;

/** What the kernel says of the pools is worth having while zpool waits for one of them. */
function reportKernelStates(report: Reported, states: readonly (readonly [name: string, state: string])[]): void {
  for (const [name, state] of states) {
    const pool = toLabel(name);
    report("storage_pool_healthy", isWell(state) ? 1 : 0, { pool, fs: "zfs" });
    report("storage_pool_state", 1, { pool, state: toLabel(state) });
  }
}

function sayMissing(wanted: readonly string[], found: readonly { name: string }[], report: Reported): void {
  const missing = wanted.filter((name) => !found.some((pool) => pool.name === name));
  if (missing.length === 0) return;
  if (found.length === 0)
    throw new CollectError("not_found", `There is no ZFS pool ${missing.map(toLabel).join(", ")}.`, {
      hint: "Import it (zpool import), or correct the name in the settings.",
    });
  report.partial("not_found", `There is no ZFS pool ${missing.map(toLabel).join(", ")}.`);
}
