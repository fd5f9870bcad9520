import type { CollectContext, Conversation, StreamTarget } from "../sdk";
import type { Config } from "./config";
import { toFailure, toLoginFailure } from "./failure";
import { ErrorReply, encodeCommand, type Reply, readReply } from "./resp";

export interface Answer {
  /** There and back. Milliseconds. */
  readonly ms: number;
  /** A text of several lines comes as `lines`. */
  readonly reply?: Reply;
  readonly lines?: readonly string[];
}
/** Sends a command. @throws CollectError, also for the server's error replies */
export type Ask = (command: readonly string[]) => Promise<Answer>;

export function placeOf({ host, port, socketPath }: Pick<Config, "host" | "port" | "socketPath">): string {
  if (socketPath) return socketPath;
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

/** One connection, logged in, behind a door that a case can answer. */
export function openServer(context: CollectContext<Config>): Promise<Ask> {
  const { config } = context;
  const where = placeOf(config);
  return context.driver<readonly string[], Answer>("redis", async () => {
    const conversation = await context.connect(targetOf(config));
    try {
      await logIn(conversation, config, where);
    } catch (error) {
      conversation.close();
      throw error;
    }
    return {
      ask: (command) => send(conversation, command, where),
      close: async () => conversation.close(),
    };
  });
}

function targetOf({ host, port, socketPath, tls, tlsOptions, certPem, keyPem }: Config): StreamTarget {
  if (socketPath) return { transport: "unix", path: socketPath };
  if (!tls) return { transport: "tcp", host, port };
  return { transport: "tls", host, port, tls: { ...tlsOptions, certPem, keyPem } };
}

async function logIn(conversation: Conversation, { username, password, db }: Config, where: string): Promise<void> {
  if (username || password) {
    const login = ["AUTH", ...(username ? [username] : []), password ?? ""];
    await orFailure(exchange(conversation, login, where), (said) => toLoginFailure(said, where));
  }
  if (db > 0) await send(conversation, ["SELECT", String(db)], where);
}

async function send(conversation: Conversation, command: readonly string[], where: string): Promise<Answer> {
  const startedAt = performance.now();
  const reply = await orFailure(exchange(conversation, command, where), (said) => toFailure(said, where));
  const ms = Math.round((performance.now() - startedAt) * 1_000) / 1_000;
  return typeof reply === "string" && reply.includes("\r\n") ? { ms, lines: reply.split("\r\n") } : { ms, reply };
}

async function exchange(conversation: Conversation, command: readonly string[], where: string): Promise<Reply> {
  await conversation.write(encodeCommand(command));
  return readReply(conversation, where);
}

async function orFailure<T>(work: Promise<T>, toError: (said: string) => Error): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof ErrorReply ? toError(error.message) : error;
  }
}
