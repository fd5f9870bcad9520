import { chown, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { servant } from "./guarded-folder.mjs";

export const certIn = (folder) => join(folder, "server.crt");
export const keyIn = (folder) => join(folder, "server.key");

/** For a server that runs as another user: it wants its key for itself alone. */
export async function writeCertificate(folder, { cert, key }) {
  await writeFile(certIn(folder), cert, { mode: 0o644 });
  await writeFile(keyIn(folder), key, { mode: 0o600 });
  if (servant.uid) await chown(keyIn(folder), servant.uid, servant.gid);
}
