import { stat } from "node:fs/promises";
import { DatabaseInUse, type DatabaseLock, lockDatabase } from "./db/database-lock";
import type { DatabasePlace } from "./db/database-place";
import { openDatabase } from "./db/open";
import { folders } from "./places";

/** The configuration without samples, for a command: nobody waits for a server of theirs. @throws DatabaseInUse; Error that says what to do */
export async function openAlone(place: DatabasePlace, { mayBeUsed }: { mayBeUsed: boolean }) {
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
    const { connection, close } = await openDatabase(place, { migrations: folders.migrations });
    return { connection, close: () => close().finally(() => lock?.release()) };
  } catch (error) {
    await lock?.release();
    throw error;
  }
}
