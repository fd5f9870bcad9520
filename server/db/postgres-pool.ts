import postgres from "postgres";
import type { ServerPlace } from "./database-place";
import { within } from "./within";

type Types = { bigint: number; decimal: number; bytes: Uint8Array; json: string; jsonb: string };
export type Client = postgres.Sql<Types>;
export type Transaction = postgres.TransactionSql<Types>;

const CONNECT_SECONDS = 10;
/** The server ends a statement; slices, not patience, are for what takes longer. */
const STATEMENT_MS = 60_000;
/** Beyond, the connection is taken for dead: connecting, and a statement that the server would have ended. */
const ANSWER_MS = STATEMENT_MS + CONNECT_SECONDS * 1_000 + 5_000;
const TRANSACTION_MS = 300_000;
const CLOSE_SECONDS = 5;

export interface PostgresPool {
  readonly place: ServerPlace;
  /** @throws postgres.PostgresError, NoAnswer */
  use<T>(work: (client: Client) => Promise<T>): Promise<T>;
  /** Statements of `work` may be sent without waiting for each other; they run in order. */
  begin<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Connections that are made when they are needed, and again when they were lost or do not answer any more. */
export function createPostgresPool(place: ServerPlace, { connections }: { connections: number }): PostgresPool {
  let client = connect(place, connections);
  let closed = false;

  function replace(): void {
    const dead = client;
    if (!closed) client = connect(place, connections);
    // What waits on it is refused at once.
    void dead.end({ timeout: 0 });
  }
  const guard = <T>(milliseconds: number, work: (client: Client) => Promise<T>): Promise<T> => {
    const used = client;
    const late = () => {
      if (used === client) replace();
    };
    return within(milliseconds, { place: place.shown, late }, work(used));
  };

  return {
    place,
    use: (work) => guard(ANSWER_MS, work),
    // The driver's type unwraps promises of what is given back, which is none here.
    begin: <T>(work: (transaction: Transaction) => Promise<T>) =>
      guard(TRANSACTION_MS, (used) => used.begin(work) as Promise<T>),
    async close() {
      closed = true;
      await client.end({ timeout: CLOSE_SECONDS });
    },
  };
}

/** @param settings of the session, beside or instead of ours */
export function connect(place: ServerPlace, connections: number, settings: Record<string, string> = {}): Client {
  return postgres(place.url, {
    max: connections,
    connect_timeout: CONNECT_SECONDS,
    // A server that was away is asked again soon, not after the driver's 20 s.
    backoff: () => 0.3,
    idle_timeout: 300,
    fetch_types: false,
    onnotice: () => undefined,
    types: { bigint: numeric(20), decimal: numeric(1700), bytes, json: asText(114), jsonb: asText(3802) },
    connection: {
      application_name: "unity",
      TimeZone: "UTC",
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
  // In memory of its own, so that keeping one does not keep a pool of others.
  parse(text: string): Uint8Array {
    const data = Buffer.allocUnsafeSlow((text.length - 2) / 2);
    data.write(text.slice(2), "hex");
    return new Uint8Array(data.buffer);
  },
};
