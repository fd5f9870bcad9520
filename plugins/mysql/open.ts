import { z } from "zod";
import { type CollectContext, CollectError, type Conversation, type OpenDriver } from "../sdk";
import type { Config } from "./config";
import { toFailure } from "./failure";
import { type Greeting, readGreeting } from "./greeting";
import { PacketStream } from "./packet-stream";

/** Every value as the server writes it. */
const Row = z.record(z.string(), z.string().nullable());
export type Row = z.output<typeof Row>;
export interface Question {
  readonly sql: string;
}
/** Asks the server. @throws CollectError */
export type Ask = (question: Question) => Promise<Row[]>;

/** The server's own error comes before ours: so much later than the statement's time-out the connection is given up. */
const GRACE_MS = 2_000;

export function placeOf({ host, port, socketPath }: Pick<Config, "host" | "port" | "socketPath">): string {
  if (socketPath) return socketPath;
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

/** One connection for the work, behind a door that a case can answer. */
export async function withServer(context: CollectContext<Config>, work: (ask: Ask) => Promise<void>): Promise<void> {
  let opened: OpenDriver<Question, Row[]> | undefined;
  const ask = await context.driver<Question, Row[]>("mysql", async () => {
    opened = await openDriver(context);
    return opened;
  });
  try {
    await work(ask);
  } finally {
    // Not left to the end of the run, which drops the connection: the server would count an aborted client.
    await opened?.close();
  }
}

async function openDriver(context: CollectContext<Config>): Promise<OpenDriver<Question, Row[]>> {
  const { config } = context;
  const where = placeOf(config);
  const timeoutMs = config.statementTimeoutMs + GRACE_MS;
  const conversation = await context.connect(
    config.socketPath
      ? { transport: "unix", path: config.socketPath, timeoutMs }
      : { transport: "tcp", host: config.host, port: config.port, timeoutMs },
  );
  try {
    const greeting = await readGreeting(conversation, where);
    const useTls = wantsTls(config, greeting, where);
    return await logIn(conversation, greeting, { config, where, useTls });
  } catch (error) {
    conversation.close();
    throw toFailure(error, where);
  }
}

function wantsTls({ ssl, socketPath }: Config, { offersTls }: Greeting, where: string): boolean {
  if (ssl === "off" || socketPath) return false;
  if (!offersTls && ssl !== "preferred")
    throw new CollectError("tls", `${where} offers no TLS, and the settings ask for it.`, {
      hint: "Give the server a certificate (ssl_cert, ssl_key), or choose preferred.",
    });
  return offersTls;
}

async function logIn(
  conversation: Conversation,
  greeting: Greeting,
  { config, where, useTls }: { config: Config; where: string; useTls: boolean },
): Promise<OpenDriver<Question, Row[]>> {
  // Loaded at the first run of the first instance: whoever has none does not pay for it.
  // The library is CommonJS: once bundled, its functions are on the default export only.
  const { default: mysql } = await import("mysql2");
  const stream = new PacketStream(conversation, where);
  const connection = mysql.createConnection({
    stream,
    // Named for the library only, which sends passwords over a socket or TLS as they are.
    ...(config.socketPath ? { socketPath: config.socketPath } : {}),
    ...(useTls ? { ssl: {} } : {}),
    user: config.user,
    password: config.password ?? "",
    // The context's streams have their own time-outs.
    connectTimeout: 0,
    multipleStatements: false,
    connectAttributes: { program_name: "unity" },
    typeCast: (field) => field.string(),
  });
  const { caPem, serverName, ssl } = config;
  const startTls = () => conversation.startTls({ verify: ssl === "verify", caPem, serverName });
  // Instead of the library's own TLS: the door's has one way of checking, and words for what is wrong.
  Object.assign(connection, {
    startTLS: (done: (error?: unknown) => void) => void stream.secure(startTls).then(() => done(), done),
  });
  // Every question has a callback that is told; without a listener the library would end the process.
  connection.on("error", () => {});
  const ask = (text: string) =>
    new Promise<Row[]>((resolve, reject) => {
      connection.query(text, (error, rows) => {
        if (error) reject(toFailure(error, where));
        // A statement that returns no rows answers with what it did.
        else resolve(z.array(Row).catch([]).parse(rows));
      });
    });
  // Connects: a wrong password is known here.
  const session = ask(sessionSql(config.statementTimeoutMs));
  stream.begin(greeting);
  await session;
  return {
    ask: ({ sql }) => ask(sql),
    close: async () => {
      await new Promise<void>((resolve) => connection.end(() => resolve()));
      await stream.leave();
    },
  };
}

/** MariaDB reads the comments with M, and skips the others from 50700 on. */
const sessionSql = (timeoutMs: number) =>
  `SET SESSION lock_wait_timeout = 2 /*M!100101 , max_statement_time = ${timeoutMs / 1_000} */ /*!50708 , max_execution_time = ${timeoutMs} */`;
