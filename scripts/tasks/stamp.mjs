import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";

/** What a result was made from, in one word: equal words, equal sources. @param parts [name, content] in a fixed order */
export function fingerprint(parts) {
  const hash = createHash("sha256");
  for (const [name, content] of parts) hash.update(`${name}\0${content.length}\0`).update(content);
  return hash.digest("hex");
}

/** Is the result that the stamp lies beside still the one these sources make? */
export async function isFresh(stampFile, wanted) {
  return existsSync(stampFile) && (await readFile(stampFile, "utf8")).trim() === wanted;
}

/** Makes a result. Its stamp goes first and comes last: a result that was interrupted is never taken for a whole one. */
export async function makeStamped(stampFile, work, fingerprintOf) {
  await rm(stampFile, { force: true });
  await work();
  await writeFile(stampFile, `${await fingerprintOf()}\n`);
}
