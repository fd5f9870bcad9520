import { setTimeout as pause } from "node:timers/promises";
import { codeOf } from "./server-error";

const TRY_EVERY_MS = 1_000;

/**
 * What a server says, or the system in its place, that is not up yet. All else (a wrong password, a database that is missing, a version
 * that is too old) stays as it is however long one waits.
 */
const NOT_YET: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection reset",
  EPIPE: "connection reset",
  EHOSTUNREACH: "host not reachable",
  ENETUNREACH: "network not reachable",
  ETIMEDOUT: "no answer",
  ENOTFOUND: "name not known",
  EAI_AGAIN: "name could not be looked up",
  CONNECT_TIMEOUT: "no answer",
  CONNECTION_CLOSED: "connection closed",
  PROTOCOL_CONNECTION_LOST: "connection closed",
  ER_SERVER_SHUTDOWN: "shutting down",
  "57P01": "shutting down",
  "57P02": "restarting after a crash",
  "57P03": "starting up",
};
/** 500 and above, of a server that speaks HTTP or of the proxy before it. */
const HTTP_NOT_YET = /^HTTP_5\d\d$/;

export interface Waiting {
  /** 0: what fails, fails at once. */
  readonly forMs: number;
  /** Of the server, for people and logs: without the password. */
  readonly shown: string;
  readonly everyMs?: number;
  readonly log?: WaitLog | undefined;
}
interface WaitLog {
  warn(fields: object, message: string): void;
  info(fields: object, message: string): void;
}

/**
 * Runs `open`, and again every second while it fails because its server is not up yet: who starts a whole machine starts Unity and
 * its database at the same moment. Says once that it waits, and once that it goes on.
 * @throws what `open` throws, at once where waiting does not help
 */
export async function waitForServer<T>(
  open: () => Promise<T>,
  { forMs, everyMs = TRY_EVERY_MS, shown, log }: Waiting,
): Promise<T> {
  const startedAt = performance.now();
  for (let isFirst = true; ; isFirst = false) {
    try {
      const opened = await open();
      if (!isFirst) log?.info({ server: shown, afterMs: sinceOf(startedAt) }, `${shown} answers: going on`);
      return opened;
    } catch (error) {
      const reason = whyNotYet(error);
      if (reason === undefined || forMs === 0) throw error;
      if (performance.now() - startedAt >= forMs) throw tooLong(error, forMs);
      if (isFirst) log?.warn({ server: shown }, `waiting for ${shown}: ${reason}; trying for ${forMs / 1_000} s`);
    }
    await pause(everyMs);
  }
}

const sinceOf = (startedAt: number) => Math.round(performance.now() - startedAt);

/** In two or three words; undefined: waiting does not help. */
function whyNotYet(error: unknown): string | undefined {
  const code = codeOf(error);
  return HTTP_NOT_YET.test(code) ? `it answers ${code.slice(5)}` : NOT_YET[code];
}

function tooLong(error: unknown, forMs: number): Error {
  const said = error instanceof Error ? error.message : String(error);
  return new Error(`${said} It was tried for ${forMs / 1_000} s.`, { cause: error });
}
