import postgres from "postgres";
import type { ServerPlace } from "./database-place";
import { createEnding } from "./ending";
import { codeOf } from "./server-error";

const CONNECT_SECONDS = 10;
/** The server ends a statement; slices, not patience, are for what takes longer. */
export const STATEMENT_MS = 60_000;

/** Of a connection, by its end or on the way. */
export const CONNECTION_LOST = new Set(["CONNECTION_CLOSED", "ECONNRESET", "EPIPE"]);

type Value = string | number | null | Uint8Array;
export type Rows = Record<string, unknown>[] & { readonly count: number };
export interface QueryOptions {
  readonly params?: readonly Value[];
  /** The server keeps its plan as long as the session lives. */
  readonly prepare?: boolean;
}

export interface SessionOptions {
  readonly settings?: Readonly<Record<string, string>>;
  readonly notified?: (text: string) => void;
}

/** One connection. Statements may be sent without waiting for each other; they run in order. */
export interface Session {
  query(sql: string, options?: QueryOptions): Promise<Rows>;
  /** Rows as lists. */
  values(sql: string, options?: QueryOptions): Promise<unknown[][]>;
  isLost(): boolean;
  end(): void;
}

/** The connection ended, by the server or on the way; whether the last statement took effect is not known. */
class ConnectionLost extends Error {
  override readonly name = "ConnectionLost";
  readonly code = "CONNECTION_CLOSED";
}

/**
 * Connects. The driver's own pool is not used: it writes to a connection that was lost, which ends the process, and what it had
 * not sent yet it sends into the next. Here a session that was lost is never used again.
 * @param settings of the session, beside or instead of ours
 * @param notified hears of every notification of the channels it listens to
 */
export async function openSession(place: ServerPlace, options: SessionOptions = {}): Promise<Session> {
  const ending = createEnding();
  const lose = (message: string) => {
    ending.end(new ConnectionLost(message));
    void client.end({ timeout: 0 });
  };
  const client = connect(place, options, () => lose(`The connection to ${place.shown} was lost.`));
  try {
    // Connects. What is reserved before there is a connection is connected twice when that fails.
    await ending.until(() => client.unsafe("select 1"));
    const sql = await ending.until(() => client.reserve());
    const send = ({ sql: text, params = [], prepare = false }: QueryOptions & { sql: string }) =>
      sql.unsafe(text, [...params], { prepare });
    const heard = async <T>(work: () => PromiseLike<T>): Promise<T> => {
      try {
        return await ending.until(work);
      } catch (error) {
        // The driver tells that the connection is closed a moment after what was under way has failed.
        if (CONNECTION_LOST.has(codeOf(error))) lose(`The connection to ${place.shown} was lost.`);
        throw error;
      }
    };
    return {
      query: (text, options) => heard(() => send({ ...options, sql: text })) as Promise<Rows>,
      values: (text, options) => heard(() => send({ ...options, sql: text }).values()) as Promise<unknown[][]>,
      isLost: () => ending.error() !== undefined,
      end: () => lose(`The connection to ${place.shown} is closed.`),
    };
  } catch (error) {
    void client.end({ timeout: 0 });
    throw error;
  }
}

/** Commits what `work` did, or rolls it back. */
export async function inTransaction<T>(session: Session, work: () => Promise<T>): Promise<T> {
  await session.query("begin");
  try {
    const value = await work();
    const answer: { command?: string } & Rows = await session.query("commit");
    // After a statement that failed, it only seems to.
    if (answer.command === "ROLLBACK")
      throw new Error("The transaction was rolled back: one of its statements failed.");
    return value;
  } catch (error) {
    // A session that cannot do this any more is lost, and the server rolls back by itself.
    await session.query("rollback").catch(() => session.end());
    throw error;
  }
}

function connect(place: ServerPlace, { settings, notified }: SessionOptions, onclose: () => void) {
  const listening = { onnotify: (_channel: string, text: string) => notified?.(text) };
  return postgres(place.url, {
    // The driver's own listeners use this option; its types leave it out.
    ...(notified ? (listening as object) : {}),
    max: 1,
    connect_timeout: CONNECT_SECONDS,
    idle_timeout: 0,
    max_lifetime: null,
    fetch_types: false,
    onnotice: () => undefined,
    onclose,
    types: { bigint: numeric(20), decimal: numeric(1700), bytes, base64, json: asText(114), jsonb: asText(3802) },
    connection: {
      application_name: "unity",
      TimeZone: "UTC",
      // Our statements look things up by their keys, whatever is asked for: planning each anew takes as long as answering it.
      plan_cache_mode: "force_generic_plan",
      // Where a statement looks dear, compiling it takes longer than any of ours.
      jit: "off",
      statement_timeout: STATEMENT_MS,
      idle_in_transaction_session_timeout: STATEMENT_MS,
      ...settings,
    },
  });
}

/** What is wider than a double is rounded: sums, not ids. */
const numeric = (oid: number) => ({
  to: oid,
  from: [oid],
  serialize: (value: number) => String(value),
  parse: (text: string) => Number(text),
});

/** The schema's columns speak JSON themselves; spoken twice, the text "12" would become a number. */
const asText = (oid: number) => ({
  to: oid,
  from: [oid],
  serialize: (text: string) => text,
  parse: (text: string) => text,
});

const bytes = {
  to: 17,
  from: [17],
  serialize: (data: Uint8Array) => `\\x${Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("hex")}`,
  parse: (text: string): Uint8Array => toBytes(Buffer.from(text.slice(2), "hex")),
};

/** The type of what the engine asks for as base64: four times as fast to read as digits. No table has a column of it. */
const base64 = {
  to: 1042,
  from: [1042],
  serialize: (text: string) => text,
  parse: (text: string): Uint8Array => toBytes(Buffer.from(text, "base64")),
};

/** Small ones lie side by side in memory: whoever keeps one for long copies it. */
const toBytes = ({ buffer, byteOffset, byteLength }: Buffer) => new Uint8Array(buffer, byteOffset, byteLength);
