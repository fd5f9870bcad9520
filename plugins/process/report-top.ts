import type { Report } from "../sdk";
import type { CpuTime } from "./cpu-time";
import type { metrics } from "./metrics";
import type { Context } from "./read-processes";
import { addUp, EMPTY, type Program, programKey } from "./sums";
import { admit, type Vocabulary } from "./vocabulary";

/** Names that each have three series for ever, of the 5,000 an instance may have. */
const MAX_NAMES = 200;
/** What has no name yet. */
const NEW = "(new)";
/** Less than a thousandth of a core is no reason to be listed. */
const LEAST_CPU = 0.001;

/** Reports the programs that use most, by processor or memory, and those that did so in the past minutes. */
export function reportTop(
  context: Context,
  report: Report<typeof metrics>,
  programs: ReadonlyMap<string, Program>,
  cpuTime: CpuTime | undefined,
): void {
  const { memory, now, config } = context;
  const terms = { now, limit: Math.max(MAX_NAMES, 4 * config.topN), atOnce: 4 * config.topN };
  const before = memory.recall<Vocabulary & { readonly hadCpu: boolean }>("top")?.value;
  const wanted = rankPrograms([...programs.values()], cpuTime, config.topN);
  const known = wanted.filter(({ comm }) => comm !== NEW).map(({ comm, user }) => programKey(comm, user));
  // The first run to know processor times takes all as they are.
  const { vocabulary, shown, refused, isFull } = admit(before, known, { ...terms, probation: before?.hadCpu === true });
  memory.keep("top", { ...vocabulary, hadCpu: before?.hadCpu === true || cpuTime !== undefined });
  report("process_top_truncated", isFull ? 1 : 0);
  const told: Program[] = [];
  for (const key of shown) {
    const [comm = "", user = ""] = key.split("\n");
    told.push({ ...(programs.get(key) ?? EMPTY), comm, user });
  }
  const nameless = new Set([...refused, ...wanted.filter(({ comm }) => comm === NEW).map(keyOf)]);
  told.push(
    ...sumNew(
      context,
      [...nameless].flatMap((key) => programs.get(key) ?? []),
    ),
  );
  reportPrograms(context, report, told, cpuTime);
}

const keyOf = ({ comm, user }: Program) => programKey(comm, user);

/** The largest first: those by processor, then those by memory that are not among them. */
function rankPrograms(all: readonly Program[], cpuTime: CpuTime | undefined, topN: number): Program[] {
  const elapsed = cpuTime?.elapsed ?? 0;
  const busy = all
    .filter(({ cpuSeconds }) => elapsed > 0 && cpuSeconds / elapsed >= LEAST_CPU)
    .sort((a, b) => b.cpuSeconds - a.cpuSeconds || compareNames(a, b));
  const large = all
    .filter(({ memoryBytes }) => memoryBytes > 0)
    .sort((a, b) => b.memoryBytes - a.memoryBytes || compareNames(a, b));
  return [...new Set([...busy.slice(0, topN), ...large.slice(0, topN)])];
}

const compareNames = (a: Program, b: Program) => (keyOf(a) < keyOf(b) ? -1 : 1);

/** What is too new for a name of its own is shown by user: a busy program that renames itself all the time is seen all the same. */
function sumNew({ memory, now, config }: Context, programs: readonly Program[]): Program[] {
  const users = [...new Set(programs.map(({ user }) => user))];
  const before = memory.recall<Vocabulary>("new")?.value;
  const terms = { now, limit: MAX_NAMES / 4, probation: false, atOnce: config.topN };
  const { vocabulary, shown } = admit(before, users, terms);
  memory.keep("new", vocabulary);
  return shown.map((user) => ({ ...addUp(programs.filter((program) => program.user === user)), comm: NEW, user }));
}

/** One that has ended is told with nothing once, so that no old figure stays, and then no more. */
function reportPrograms(
  { memory }: Context,
  report: Report<typeof metrics>,
  told: readonly Program[],
  cpuTime: CpuTime | undefined,
): void {
  const before = new Set(memory.recall<readonly string[]>("running")?.value);
  for (const program of told) {
    const { comm, user, cpuSeconds, memoryBytes, count } = program;
    if (count === 0 && !before.has(keyOf(program))) continue;
    const labels = { comm, user };
    if (cpuTime) report("process_top_cpu_ratio", cpuSeconds / cpuTime.elapsed, labels);
    report("process_top_memory_bytes", memoryBytes, labels);
    report("process_top_count", count, labels);
  }
  memory.keep("running", told.filter(({ count }) => count > 0).map(keyOf));
}
