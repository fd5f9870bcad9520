import type { CollectContext, Report } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";
import { judgeArray, parseArrays } from "./parse-raid";
import { readOptional } from "./read-optional";
import type { Problem } from "./space";

/** Rows of the inventory. */
type ArrayRow = Readonly<Record<string, string | number | null>>;

/** Reports each Linux software RAID. A kernel without md has no mdstat, and nothing is said. */
export async function collectArrays(
  context: CollectContext<Config>,
  report: Report<typeof metrics>,
  problems: Problem[],
): Promise<ArrayRow[]> {
  const { procRoot, sysRoot, maxItems } = context.config;
  const text = await readOptional(context, problems, `${procRoot}/mdstat`);
  const rows = parseArrays(text ?? "")
    .slice(0, maxItems)
    .map(async (array) => {
      const file = (name: string) => readOptional(context, problems, `${sysRoot}/block/${array.name}/md/${name}`);
      const [state, degraded, syncAction, syncCompleted, mismatches] = await Promise.all([
        file("array_state"),
        file("degraded"),
        file("sync_action"),
        file("sync_completed"),
        file("mismatch_cnt"),
      ]);
      const judged = judgeArray(array, { state, degraded, syncAction, syncCompleted, mismatches });
      const labels = { array: array.name };
      report("raid_degraded_disks", judged.degradedDisks, labels);
      report("raid_healthy", judged.healthy ? 1 : 0, labels);
      if (judged.syncRatio !== undefined) report("raid_sync_progress_ratio", judged.syncRatio, labels);
      if (judged.mismatches !== undefined) report("raid_mismatches", judged.mismatches, labels);
      return {
        array: array.name,
        level: array.level,
        state: judged.state,
        disks: array.disks?.total ?? null,
        degradedDisks: judged.degradedDisks,
        failed: array.failed.join(", "),
        doing: judged.syncAction,
      };
    });
  return Promise.all(rows);
}
