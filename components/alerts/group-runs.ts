import type { AlertDetail } from "@/components/data/outputs";

type FailedRun = AlertDetail["before"]["runs"][number];

/** Failed runs of one instance, told once: by the last of them, and how many there were. */
export interface RunGroup {
  readonly last: FailedRun;
  readonly count: number;
}

/** @param runs newest first; so are the groups, by their last */
export function groupRuns(runs: readonly FailedRun[]): RunGroup[] {
  const groups = new Map<string, RunGroup>();
  for (const run of runs) {
    const group = groups.get(run.instanceId);
    groups.set(run.instanceId, group ? { ...group, count: group.count + 1 } : { last: run, count: 1 });
  }
  return [...groups.values()];
}
