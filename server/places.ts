import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Beside the bundle in production, in the repository in development. */
const here = dirname(fileURLToPath(import.meta.url));
const root = here.endsWith("/server") ? dirname(here) : here;

/** Where Unity's own files lie. */
export const folders = {
  plugins: join(root, "plugins"),
  /** Of each dialect, in a folder named after it. */
  migrations: join(root, "drizzle", "migrations"),
  /** Scripts, styles and fonts of the built pages; not there in development. */
  assets: join(root, ".next", "static"),
};
