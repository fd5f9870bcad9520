import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository. Every script works on it, wherever it is called from. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const inRoot = (...parts) => join(root, ...parts);
/** Where the production tree is built and run. */
export const standalone = inRoot(".next", "standalone");
