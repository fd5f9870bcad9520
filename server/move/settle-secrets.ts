import type { Connection } from "../db/database";
import { readMark } from "../vault/open-vault";
import { type KeyPlaces, readAllKeys } from "../vault/read-keys";
import { reseal } from "../vault/rotate";
import { keyIdsOf, nameRows, readSecretRows } from "../vault/secret-rows";

type Say = (line: string) => void;

/**
 * Secrets come as they were encrypted where they come from. Puts them under the key of this database where both are here, and says what
 * nobody can read who has this one's alone.
 */
export async function settleSecrets(connection: Connection, places: KeyPlaces, say: Say): Promise<void> {
  const mark = await readMark(connection);
  const rows = (await readSecretRows(connection)).filter((row) => keyIdsOf(row).length > 0);
  if (mark === undefined || rows.length === 0) return;
  const { keys, ownFile, shown } = await readAllKeys(places);
  const isHere = keys.some(({ id }) => id === mark);
  if (!isHere) {
    say(`Its secrets are encrypted under the key ${mark}, which is not here.`);
    say(
      `Before you start Unity on it, copy the file secret.key of the other Unity to ${ownFile ?? shown}, or set UNITY_SECRET_KEY.`,
    );
  }
  const isOther = (row: (typeof rows)[number]) => keyIdsOf(row).some((id) => id !== mark);
  if (!rows.some(isOther)) return;
  const lost = isHere ? await reseal(connection, { keys, writing: mark, say }) : rows.filter(isOther);
  if (lost.length === 0) return;
  const ids = [...new Set(lost.flatMap(keyIdsOf))].filter((id) => id !== mark).join(" and ");
  say(`Those of ${nameRows(lost)} are under the key ${ids}, and cannot be read under that of this database.`);
  say("Give it as UNITY_SECRET_KEY_OLD, and run `unity secrets rotate`; or enter these secrets anew.");
}

/** What whoever has an archive, and nothing else, can read of the secrets in it. */
export async function describeSecrets(connection: Connection): Promise<string> {
  const mark = await readMark(connection);
  return mark === undefined
    ? "It has the passwords of what is watched, as they were entered: keep it as you keep those."
    : `Its secrets are encrypted under the key ${mark}: whoever imports it needs that key, which is not in it.`;
}
