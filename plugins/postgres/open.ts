import type { CollectContext, OpenDriver } from "../sdk";
import type { Config } from "./config";
import { connectServer, isSocketFolder } from "./connect";
import { toFailure } from "./failure";
import { MessageSocket } from "./socket";

export type Row = Readonly<Record<string, string | number | boolean | null>>;
export interface Question {
  readonly sql: string;
}
/** Asks the server. @throws CollectError */
export type Ask = (question: Question) => Promise<Row[]>;

const LOCK_TIMEOUT_MS = 1_000;
/** The goodbye to the server. */
const CLOSE_SECONDS = 1;

export function placeOf({ host, port }: Pick<Config, "host" | "port">): string {
  if (isSocketFolder(host)) return `${host.replace(/\/+$/, "")}/.s.PGSQL.${port}`;
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

/** One connection for the work, behind a door that a case can answer. */
export async function withDatabase(context: CollectContext<Config>, work: (ask: Ask) => Promise<void>): Promise<void> {
  let opened: OpenDriver<Question, Row[]> | undefined;
  const ask = await context.driver<Question, Row[]>("postgres", async () => {
    opened = await openDriver(context);
    return opened;
  });
  try {
    await work(ask);
  } finally {
    // Not left to the end of the run, which drops the connection under the library: the server would log each one.
    await opened?.close();
  }
}

async function openDriver(context: CollectContext<Config>): Promise<OpenDriver<Question, Row[]>> {
  const { config } = context;
  const where = placeOf(config);
  // Loaded at the first run of the first instance: whoever has none does not pay for it.
  const { default: postgres } = await import("postgres");
  const socket = new MessageSocket(await connectServer(context));
  const sockets = [socket];
  const options = {
    // Handed over once: a library that connects again behind our back would do so without end.
    socket: async () => {
      const next = sockets.pop();
      if (!next) throw Object.assign(new Error("the connection was closed"), { code: "CONNECTION_CLOSED" });
      return next;
    },
    host: config.host,
    port: config.port,
    username: config.user,
    database: config.database,
    // A function, because an empty one would be taken from this process's environment.
    password: () => config.password ?? "",
    ssl: false,
    max: 1,
    prepare: false,
    fetch_types: false,
    connect_timeout: config.connectTimeoutMs / 1_000,
    idle_timeout: 0,
    max_lifetime: null,
    onnotice: () => {},
    // Asked for at the start and not by SET: behind a pooler a SET would stay with somebody else's connection.
    connection: {
      application_name: "unity",
      statement_timeout: config.statementTimeoutMs,
      lock_timeout: LOCK_TIMEOUT_MS,
      default_transaction_read_only: true,
      search_path: "pg_catalog, public",
    },
  };
  const sql = postgres(options);
  const ask = async (text: string): Promise<Row[]> => {
    try {
      const rows = await sql.unsafe<Row[]>(text);
      return rows.map((row) => ({ ...row }));
    } catch (error) {
      throw toFailure(error, where);
    }
  };
  try {
    // Connects: a wrong password is known here.
    await ask("select 1");
  } catch (error) {
    await sql.end({ timeout: 0 });
    throw error;
  }
  return { ask: ({ sql: text }) => ask(text), close: () => sql.end({ timeout: CLOSE_SECONDS }) };
}
