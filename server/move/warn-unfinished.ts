import type { Connection } from "../db/database";
import { readMoving } from "./moving";

interface Warns {
  warn(fields: object, message: string): void;
}

/** Says at the start that something was moved into this database and did not arrive as a whole, and what to do. */
export async function warnOfUnfinished(connection: Connection, log: Warns): Promise<void> {
  const moving = await readMoving(connection);
  if (!moving) return;
  const { source, createdAt, samples } = moving.header;
  log.warn(
    { source, madeAt: new Date(createdAt).toISOString(), samples },
    "an import or a move into this database broke off: a part of the past is missing. Stop Unity and run the same command again, which goes on where it was. To leave it as it is, delete the row 'moving' of the table settings",
  );
}
