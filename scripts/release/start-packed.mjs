import "../require-node.mjs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { requireFreePort } from "../start/free-port.mjs";
import { serve } from "../start/serve.mjs";
import { runMain } from "../tasks/progress.mjs";

/** What `unity` and `npx unity` run where Unity was installed as a package: this file is bundled beside main.js there. */
const tree = dirname(fileURLToPath(import.meta.url));
const [command] = process.argv.slice(2);

if (command === undefined || command === "start")
  await runMain(async () => {
    await requireFreePort(process.env, "unity");
    await serve(process.env, { tree, base: process.cwd() });
  });
else {
  if (command === "help" || command === "--help")
    process.stdout.write("unity [start]                      serves Unity, with its data in ./data\n\n");
  await import(String(new URL("unity.js", import.meta.url)));
}
