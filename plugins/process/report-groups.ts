import type { Report } from "../sdk";
import type { CpuTime } from "./cpu-time";
import type { metrics } from "./metrics";
import type { Context } from "./read-processes";
import { addUp, EMPTY, type Program } from "./sums";
import { admit, type Vocabulary } from "./vocabulary";

/** Seconds of processor time that each group was seen to use since Unity began. */
type Totals = readonly (readonly [group: string, seconds: number])[];

/**
 * Reports sums by user or name. The total of a group is added up here from what its processes used between runs: the sum of
 * those that run would drop whenever one ends.
 */
export function reportGroups(
  { memory, now, config }: Context,
  report: Report<typeof metrics>,
  programs: ReadonlyMap<string, Program>,
  cpuTime: CpuTime | undefined,
): void {
  const members = new Map<string, Program[]>();
  for (const program of programs.values()) {
    const group = config.groupBy === "user" ? program.user : program.comm;
    members.set(group, [...(members.get(group) ?? []), program]);
  }
  const sums = new Map([...members].map(([group, all]) => [group, addUp(all)]));
  const wanted = [...sums].sort(([, a], [, b]) => b.memoryBytes - a.memoryBytes).map(([group]) => group);
  const before = memory.recall<Vocabulary>("groups")?.value;
  const { maxGroups } = config;
  // Programs choose their names; users are given theirs.
  const probation = config.groupBy === "comm" && before !== undefined;
  const terms = { now, limit: maxGroups, atOnce: maxGroups, probation };
  const { vocabulary, shown, isFull, refused } = admit(before, wanted, terms);
  memory.keep("groups", vocabulary);
  report("process_groups_truncated", isFull && refused.length > 0 ? 1 : 0);

  const totalOf = new Map(memory.recall<Totals>("groupTotals")?.value);
  for (const [group] of vocabulary.admitted)
    totalOf.set(group, (totalOf.get(group) ?? 0) + (sums.get(group)?.cpuSeconds ?? 0));
  memory.keep("groupTotals", [...totalOf] satisfies Totals);
  for (const group of shown) {
    const { memoryBytes, count } = sums.get(group) ?? EMPTY;
    if (cpuTime) report("process_group_cpu_seconds_total", totalOf.get(group) ?? 0, { group });
    report("process_group_memory_bytes", memoryBytes, { group });
    report("process_group_count", count, { group });
  }
}
