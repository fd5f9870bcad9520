import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";

/** As `sha256sum --check` reads it. @returns what was written */
export async function writeSums(file, files) {
  const lines = await Promise.all(
    files.map(async (one) => {
      const sum = createHash("sha256")
        .update(await readFile(one))
        .digest("hex");
      return `${sum}  ${basename(one)}\n`;
    }),
  );
  await writeFile(file, lines.join(""));
  return lines.join("");
}
