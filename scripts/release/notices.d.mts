import type { Package } from "./list-packages.mjs";

/** Licences word for word, each text once, with the packages that it is for. */
export function writeNotices(packages: readonly Package[]): Promise<string>;
