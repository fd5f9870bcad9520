import { stat } from "node:fs/promises";
import { upgradingOf } from "./backup/keep-former";
import { DatabaseInUse, type DatabaseLock, lockDatabase } from "./db/database-lock";
import { openDatabase } from "./db/open";
import type { Env } from "./env";
import { folders } from "./places";

/** The configuration without samples, for a command: nobody waits for a server of theirs. @throws DatabaseInUse; Error that says what to do */
export async function openAlone(env: Env, { mayBeUsed }: { mayBeUsed: boolean }) {
  const { database: place } = env;
  if (place.kind === "sqlite") {
    // Opening would make it.
    await stat(place.file).catch(() => {
      throw new Error(
        `${place.shown} is not there. Name the database with DATABASE_URL, or its folder with UNITY_DATA.`,
      );
    });
  }
  let lock: DatabaseLock | undefined;
  try {
    lock = await lockDatabase(place);
  } catch (error) {
    if (!mayBeUsed || !(error instanceof DatabaseInUse)) throw error;
  }
  try {
    const { connection, close } = await openDatabase(place, {
      migrations: folders.migrations,
      ...upgradingOf(env),
    });
    return { connection, close: () => close().finally(() => lock?.release()) };
  } catch (error) {
    await lock?.release();
    throw error;
  }
}
