import { z } from "zod";
import { CollectError } from "../sdk";
import type { Row } from "./open";

const text = z.string();
const number = z.number();
const total = z.number().nullable();

/** The rows of each query, as the casts in its text make them. */
export const ServerRow = z.object({
  version_num: z.int(),
  version: text,
  in_recovery: z.boolean(),
  started_at: number,
  reads_all: z.boolean(),
});
export const SettingRow = z.object({ name: text, setting: text.nullable(), shown: text.nullable() });
export const PendingRow = z.object({ pending: number });
export const ConnectionsRow = z.object({ database: text, state: text, connections: number });
export const LongestRow = z.object({ transaction: number, query: number, idle: number, blocked: number });
export const LocksRow = z.object({ waiting: number });
export const DatabaseRow = z.object({
  oid: text.regex(/^\d{1,10}$/),
  name: text.nullable(),
  template: z.boolean(),
  xid_age: total,
  committed: total,
  rolled_back: total,
  hit: total,
  read: total,
  returned: total,
  fetched: total,
  inserted: total,
  updated: total,
  deleted: total,
  deadlocks: total,
  conflicts: total,
  temp_bytes: total,
  checksum_failures: total,
});
export type DatabaseRow = z.output<typeof DatabaseRow>;
export const SizeRow = z.object({ oid: text, bytes: total });
export const BytesRow = z.object({ bytes: number });
export const CheckpointsRow = z.object({ timed: number, requested: number });
export const ArchiverRow = z.object({ archived: number, failed: number });
export const ReplicaRow = z.object({
  application: text,
  address: text,
  state: text,
  sync_state: text,
  lag_bytes: total,
  lag_seconds: total,
});
export type ReplicaRow = z.output<typeof ReplicaRow>;
export const SlotRow = z.object({ name: text, type: text, active: z.boolean(), wal_status: text, retained: total });
export type SlotRow = z.output<typeof SlotRow>;
export const StandbyRow = z.object({
  streaming: z.boolean(),
  caught_up: z.boolean(),
  since_replay: total,
  sender_host: text.nullable(),
  sender_port: z.int().nullable(),
});
export type StandbyRow = z.output<typeof StandbyRow>;
export const TableRow = z.object({ schema: text, name: text, dead: number, live: number, vacuumed_at: total });
export type TableRow = z.output<typeof TableRow>;
export const StatementRow = z.object({ query: text.nullable(), calls: number, seconds: number, rows: number });
export type StatementRow = z.output<typeof StatementRow>;

/** @throws CollectError `parse` when a row has another shape */
export function parseRows<T extends z.ZodType>(schema: T, rows: readonly Row[]): z.output<T>[] {
  const parsed = z.array(schema).safeParse(rows);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new CollectError(
    "parse",
    `The server answered in an unknown shape: ${issue?.path.join(".") ?? "rows"}: ${issue?.message ?? "?"}.`,
    { hint: "Check that it is PostgreSQL itself, and not a database that only speaks its protocol." },
  );
}

/** @throws CollectError `parse` when there is not exactly such a row */
export function parseRow<T extends z.ZodType>(schema: T, rows: readonly Row[]): z.output<T> {
  const [row] = parseRows(schema, rows);
  if (row === undefined) throw new CollectError("parse", "The server answered with no row where there is always one.");
  return row;
}

/** "15.18 (Debian 15.18-0+deb12u1)" is 15.18. */
export const shortVersion = (version: string) => version.split(" ")[0]?.slice(0, 40) ?? "";

/** What becomes a label or a cell: control characters as escapes. Names have at most 63 bytes; application names too. */
export function toLabel(value: string): string {
  return value
    .slice(0, 200)
    .replace(/\p{Cc}/gu, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`);
}
