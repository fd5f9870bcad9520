import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { writeDocument } from "../server/http/api/document";
import { findApiBreaks } from "./docs/find-api-breaks";

/** npm run docs:api: writes docs/openapi.json. A document that breaks clients is only written with --breaking, for a new version. */
const file = fileURLToPath(new URL("../docs/openapi.json", import.meta.url));
const document = writeDocument();
const before = await readFile(file, "utf8").catch(() => undefined);
const breaks = before === undefined ? [] : findApiBreaks(JSON.parse(before), document);
if (breaks.length > 0 && !process.argv.includes("--breaking")) {
  process.stderr.write(`This breaks clients of /api/v1:\n${breaks.map((one) => `  ${one}\n`).join("")}`);
  process.exitCode = 1;
} else {
  await writeFile(file, `${JSON.stringify(document, null, 2)}\n`);
  process.stdout.write(`${Object.keys(document.paths).length} paths in docs/openapi.json.\n`);
}
