import { CollectError, toLabel } from "../sdk";
import { CheckAnswer, parseAnswer } from "./parse";
import { type Found, openingOf, type Survey } from "./survey";

/** What the last check of a database found. */
export interface Checked {
  readonly faults: readonly string[];
  /** Epoch milliseconds. */
  readonly at: number;
}
/** A database, and what opening it told. */
export interface Opened {
  readonly found: Found;
  /** It could be opened just now. */
  readonly isOpen: boolean;
  /** Its schema cannot be read because it is broken. */
  readonly isDamaged: boolean;
}

/** No new check is begun after so long: what is due and has no turn has it in the next run. */
const BUDGET_MS = 45_000;
/** By path, of the databases there are: what the last check found, and when one was last tried. */
interface Kept {
  readonly results: Readonly<Record<string, Checked>>;
  readonly triedAt: Readonly<Record<string, number>>;
}
const KEPT = "checks";

/** Checks for damage what is due. @returns what is known of each database, by path */
export async function checkDatabases(
  survey: Survey,
  databases: readonly Opened[],
): Promise<ReadonlyMap<string, Checked>> {
  const { context } = survey;
  const { integrity, integrityIntervalSeconds: seconds, integrityMaxBytes } = context.config;
  const kept = context.memory.recall<Kept>(KEPT)?.value ?? { results: {}, triedAt: {} };
  const results = new Map(Object.entries(kept.results));
  const triedAt = new Map(Object.entries(kept.triedAt));
  const isDue = ({ found, isOpen }: Opened) =>
    isOpen &&
    found.bytes <= integrityMaxBytes &&
    context.now - (triedAt.get(found.path) ?? Number.NEGATIVE_INFINITY) >= seconds * 1_000;

  const startedAt = performance.now();
  let goesOn = integrity !== "off";
  for (const one of databases) {
    const { path } = one.found;
    // That its schema is broken needs no further check.
    if (one.isDamaged) results.set(path, { faults: ["The schema cannot be read: it is damaged."], at: context.now });
    else if (goesOn && isDue(one)) {
      const outcome = await checkOne(survey, one.found);
      if (outcome !== "later") triedAt.set(path, context.now);
      if (typeof outcome === "object") results.set(path, { faults: outcome, at: context.now });
      goesOn = outcome !== "too long" && performance.now() - startedAt < BUDGET_MS;
    }
    if (integrity !== "off" || one.isDamaged) reportResult(survey, one.found, results.get(path));
  }
  const isThere = new Set(databases.map(({ found }) => found.path));
  const only = <T>(entries: Map<string, T>) => Object.fromEntries([...entries].filter(([path]) => isThere.has(path)));
  context.memory.keep(KEPT, { results: only(results), triedAt: only(triedAt) } satisfies Kept);
  return results;
}

/** @returns the faults; or `later` when a writer was in the way; or `too long`, and then the program is still busy with it */
async function checkOne(survey: Survey, found: Found): Promise<readonly string[] | "later" | "too long"> {
  const { context, report, ask } = survey;
  const kind = context.config.integrity === "full" ? "full" : "quick";
  try {
    const answer = parseAnswer(CheckAnswer, await ask({ read: "check", ...openingOf(found, survey), kind }));
    if (answer.ok) return answer.value.faults.map(toLabel);
    return answer.kind === "damaged" ? [toLabel(answer.message)] : "later";
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError) || error.reason !== "timeout") throw error;
    report.partial("timeout", `The check of ${found.path} took too long. Choose quick, or check smaller files only.`);
    return "too long";
  }
}

function reportResult({ report }: Survey, { database }: Found, result: Checked | undefined): void {
  if (!result) return;
  report("sqlite_integrity_ok", result.faults.length === 0 ? 1 : 0, { database });
  report("sqlite_integrity_errors", result.faults.length, { database });
  report("sqlite_integrity_timestamp_seconds", result.at / 1_000, { database });
}
