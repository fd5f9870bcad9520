import { readdir, readFile } from "node:fs/promises";
import { inRoot } from "../tasks/root.mjs";

/** Ahead of file extensions and spellings. Whole names: not the source of a licence dialogue. */
const LICENCE_FILE = /^(licen[cs]e|copying|notice)([-.][\w.-]+)?$/i;
const LINE = "-".repeat(80);

/**
 * Licences word for word, each text once, with the packages that it is for.
 * @param packages as `listPackages` has them
 */
export async function writeNotices(packages) {
  const texts = new Map();
  for (const one of packages) {
    const text = await readLicence(one);
    texts.set(text, [...(texts.get(text) ?? []), `${one.name} ${one.version}`]);
  }
  const parts = [...texts].map(([text, names]) => `${LINE}\n${names.join("\n")}\n\n${text}\n`);
  return `Unity is made from the packages below. It is itself under the MIT licence, in the file LICENSE.\n\n${parts.join("\n")}`;
}

/** What the package ships; one without a file says no more than its licence's name. */
async function readLicence({ folder, licence }) {
  // A platform's piece that is not this one's is not installed.
  const names = await readdir(inRoot(folder)).catch(() => []);
  const files = names.filter((name) => LICENCE_FILE.test(name)).sort();
  const texts = await Promise.all(files.map((name) => readFile(inRoot(folder, name), "utf8").catch(() => "")));
  const text = texts
    .map((one) => one.replaceAll("\r\n", "\n").trim())
    .filter(Boolean)
    .join("\n\n");
  return text || `Licence: ${licence} (https://spdx.org/licenses)`;
}
