import { type CollectContext, CollectError } from "../sdk";
import type { Config } from "./config";
import { isDue } from "./due";
import { readChip } from "./read-chip";
import type { Problem } from "./read-optional";
import type { Chip, Value } from "./sensor";

type Context = CollectContext<Config>;

/** Disks are asked so often, since each question is a command to the disk; so are chips that take long. Seconds. */
const SLOW_SECONDS = 60;
/** A chip that takes longer than this for all its sensors is slow. */
const SLOW_MS = 200;
/** After so long, a run reads no further chip: one call may still take 5 s, and the run must end in 10. */
const RUN_MS = 4_000;
/** A chip whose driver hung is left alone for so long: the call may hold one of the few threads for files. Seconds. */
const HUNG_SECONDS = 300;

/** The last reading of a chip, said again until the chip is asked again. */
interface Kept {
  readonly values: readonly Value[];
  readonly problems: readonly Problem[];
  readonly at: number;
  readonly tookMs: number;
}

/** Reads every chip that is due, quick ones first: a slow one must not take the time of the others. */
export async function readChips(
  context: Context,
  chips: readonly Chip[],
  clock: () => number = () => performance.now(),
): Promise<Pick<Kept, "values" | "problems">> {
  const before = new Map(context.memory.recall<[string, Kept][]>("chips")?.value);
  const after = new Map<string, Kept>();
  const tookMs = ({ name }: Chip) => before.get(name)?.tookMs ?? 0;
  const startedAt = clock();
  for (const chip of [...chips].sort((a, b) => tookMs(a) - tookMs(b))) {
    const last = before.get(chip.name);
    if (last && !isChipDue(context.now, chip, last)) after.set(chip.name, last);
    else if (clock() - startedAt > RUN_MS) after.set(chip.name, putOff(context.now, chip, last));
    else after.set(chip.name, await readOne(context, chip, clock));
  }
  context.memory.keep("chips", [...after]);
  // In the order of the chips, so that what is shown does not change with how long they took.
  const kept = chips.flatMap(({ name }) => after.get(name) ?? []);
  return { values: kept.flatMap(({ values }) => values), problems: kept.flatMap(({ problems }) => problems) };
}

function isChipDue(now: number, { kind }: Chip, { at, tookMs, problems }: Kept): boolean {
  const hung = problems.some(({ reason }) => reason === "timeout");
  const seconds = hung ? HUNG_SECONDS : kind === "disk" || tookMs > SLOW_MS ? SLOW_SECONDS : 0;
  return isDue(now, at, seconds);
}

/** Not read for want of time: what was read a minute ago still counts, older values do not. It stays due. */
function putOff(now: number, { name }: Chip, last: Kept | undefined): Kept {
  if (last && now - last.at <= 2 * SLOW_SECONDS * 1_000) return last;
  const message = `${name} was not read: the other chips took ${RUN_MS / 1_000} s.`;
  return { values: [], problems: [{ reason: "partial", message }], at: 0, tookMs: last?.tookMs ?? 0 };
}

async function readOne(context: Context, chip: Chip, clock: () => number): Promise<Kept> {
  const values: Value[] = [];
  const problems: Problem[] = [];
  const startedAt = clock();
  try {
    await readChip(context, problems, chip, values);
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    problems.push({ reason: error.reason, message: `${chip.name}: ${error.message}` });
  }
  return { values, problems, at: context.now, tookMs: clock() - startedAt };
}
