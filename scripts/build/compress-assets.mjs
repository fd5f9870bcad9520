import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { listFiles } from "../tasks/list-files.mjs";

/** Fonts and images are compressed already. */
const TEXT = /\.(js|css|svg|json|txt)$/;

/**
 * Puts a .gz beside each asset, once and as small as can be. Not Brotli: browsers take it only over HTTPS, and most homes have
 * plain HTTP.
 */
export async function compressAssets(folder) {
  for (const file of await listFiles(folder)) {
    if (TEXT.test(file))
      await writeFile(join(folder, `${file}.gz`), gzipSync(await readFile(join(folder, file)), { level: 9 }));
  }
}
