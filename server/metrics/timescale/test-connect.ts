import { setTimeout as sleep } from "node:timers/promises";
import type { Connection } from "../../db/database";
import { openPostgres } from "../../db/postgres";
import { DatabaseUnusable } from "../../db/server-error";

const TRIES = 5;
const PAUSE_MS = 2_000;

/** As WebAssembly the server does one thing at a time, for all of its databases: whoever connects may lose patience. */
export async function connectPatiently(url: string, options: Parameters<typeof openPostgres>[1]): Promise<Connection> {
  for (let tries = 1; ; tries++) {
    try {
      return await openPostgres(url, options);
    } catch (error) {
      if (!(error instanceof DatabaseUnusable) || tries === TRIES) throw error;
      await sleep(PAUSE_MS);
    }
  }
}
