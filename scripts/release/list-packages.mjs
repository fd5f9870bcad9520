import { readFile } from "node:fs/promises";
import { inRoot } from "../tasks/root.mjs";

/** Packages that name their licence only in a file of theirs, looked up by hand. */
const READ_BY_HAND = { "emitter-component": "MIT", gbxremote: "MIT" };
/** Pieces for one platform that Unity loads: SQLite. Next's own (picture processing, compilers) are left out of what is built. */
const NATIVE = /^@libsql\//;

/** @returns {Promise<{ name: string, version: string, licence: string, folder: string }[]>} every package that the built Unity is made from, by name */
export async function listPackages() {
  const { packages } = JSON.parse(await readFile(inRoot("package-lock.json"), "utf8"));
  return Object.entries(packages)
    .filter(([folder, { dev, devOptional }]) => folder !== "" && !dev && !devOptional)
    .map(([folder, { version, license, optional = false }]) => {
      const name = folder.slice(folder.lastIndexOf("node_modules/") + "node_modules/".length);
      return { name, version, folder, optional, licence: nameLicence(license ?? READ_BY_HAND[name]) };
    })
    .filter(({ name, optional }) => !optional || NATIVE.test(name))
    .map(({ optional: _, ...one }) => one)
    .sort((one, other) => compare(one.name, other.name) || compare(one.version, other.version));
}

/** As SPDX writes it. */
const nameLicence = (licence = "unknown") => (licence === "Apache 2.0" ? "Apache-2.0" : licence);

const compare = (one, other) => (one < other ? -1 : one > other ? 1 : 0);
