import type { CollectContext, Report } from "../sdk";
import type { Config } from "./config";
import type { Header } from "./header";
import type { metrics } from "./metrics";
import type { Question } from "./reader";

/** One run: what its parts share. */
export interface Survey {
  readonly context: CollectContext<Config>;
  readonly report: Report<typeof metrics>;
  readonly ask: (question: Question) => Promise<unknown>;
}

/** A database as it was found, and what has become known of it in this run. */
export interface Found {
  readonly path: string;
  /** The path, fit for a label. */
  readonly database: string;
  readonly bytes: number;
  readonly walBytes: number;
  readonly journalBytes: number;
  readonly modifiedAtMs: number;
  /** Undefined for a file of no bytes, which SQLite takes for an empty database. */
  readonly header: Header | undefined;
  readonly how: Access;
}

/**
 * How it may be opened without leaving anything beside it.
 *
 * - `live`: in the usual way, read-only.
 * - `immutable`: it keeps a write-ahead log and nobody has it open. The usual way would make the log's files anew, perhaps
 *   in a way that its own application may not write them.
 * - `none`: it cannot be: its log or journal was left by a writer that crashed, and only a writer may put that in order.
 */
export type Access = "live" | "immutable" | "none";

export const openingOf = ({ path, how }: Found, { context }: Pick<Survey, "context">) => ({
  path,
  immutable: how === "immutable",
  busyTimeoutMs: context.config.busyTimeoutMs,
});
