import { z } from "zod";
import { CollectError } from "../sdk";
import { CHANGED } from "./reader";

const Problem = z.object({ problem: z.object({ code: z.string(), message: z.string() }) });
export type Problem = z.output<typeof Problem>["problem"];

export const HeaderAnswer = z.object({ header: z.string() });
export const SchemaAnswer = z.object({ tables: z.number(), indexes: z.number(), ms: z.number() });
export const RowsAnswer = z.object({
  counted: z.array(z.object({ table: z.string(), rows: z.number() })),
  more: z.boolean(),
});
export const CheckAnswer = z.object({ faults: z.array(z.string()) });

/** What came of a question: the answer, or what SQLite or the system said against it. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly kind: Kind; readonly message: string };

/**
 * - `locked`: a writer has it, which is normal for a moment.
 * - `damaged`: it is a database, and broken.
 * - `foreign`: it is no database that can be read.
 * - `refused`: the user may not, or a journal stands beside it that only a writer may undo.
 * - `changed`: somebody began to write; the next run will tell.
 */
export type Kind = "locked" | "damaged" | "foreign" | "refused" | "missing" | "changed" | "other";

const KINDS: readonly (readonly [pattern: RegExp, kind: Kind])[] = [
  [/^SQLITE_(BUSY|LOCKED)/, "locked"],
  [/^SQLITE_CORRUPT/, "damaged"],
  [/^SQLITE_NOTADB/, "foreign"],
  [/^SQLITE_IOERR/, "foreign"],
  [/^(SQLITE_(CANTOPEN|READONLY|PERM|AUTH)|EACCES|EPERM)/, "refused"],
  [/^(ENOENT|ENOTDIR|ELOOP|ENXIO|EISDIR)$/, "missing"],
  [new RegExp(`^${CHANGED}$`), "changed"],
];

/** @throws CollectError `internal` when it is not what the program answers */
export function parseAnswer<T extends z.ZodType>(schema: T, answer: unknown): Outcome<z.output<T>> {
  const problem = Problem.safeParse(answer);
  if (problem.success) {
    const { code, message } = problem.data.problem;
    return { ok: false, kind: kindOf(problem.data.problem), message: message || code };
  }
  const parsed = schema.safeParse(answer);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  throw new CollectError(
    "internal",
    `The reader of databases answered in an unknown shape: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "?"}.`,
  );
}

function kindOf({ code, message }: Problem): Kind {
  const known = KINDS.find(([pattern]) => pattern.test(code))?.[1];
  if (known) return known;
  // The engine tells some of them by words only.
  if (/malformed/i.test(message)) return "damaged";
  if (/not a database/i.test(message)) return "foreign";
  return /unable to open/i.test(message) ? "refused" : "other";
}
