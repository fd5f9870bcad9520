import { existsSync } from "node:fs";
import { Stop, seconds } from "../tasks/progress.mjs";
import { inRoot } from "../tasks/root.mjs";
import { runNode } from "../tasks/run-command.mjs";
import { findLockAddresses } from "./lock-file.mjs";
import { findLongFiles } from "./long-files.mjs";

const ROOMS = ["app", "components", "server", "plugins", "drizzle", "e2e", "bench", "scripts", "docs/examples"];
/** The slow ones first: two run at a time. Each gives its findings as lines of text; none is fine. */
const CHECKS = [
  {
    name: "dead-code",
    run: () => tool("node_modules/knip/bin/knip.js", ["--no-progress", "--no-config-hints"]),
  },
  {
    name: "layers",
    run: () =>
      tool("node_modules/dependency-cruiser/bin/dependency-cruise.mjs", [
        "--output-type",
        "err",
        ...ROOMS.filter((room) => existsSync(inRoot(room))),
      ]),
  },
  { name: "types", run: checkTypes },
  {
    name: "style",
    run: () =>
      tool("node_modules/@biomejs/biome/bin/biome", [
        "ci",
        "--colors=off",
        "--diagnostic-level=error",
        "--max-diagnostics=50",
      ]),
  },
  { name: "long-files", run: findLongFiles },
  { name: "lock-file", run: findLockAddresses },
];
const AT_ONCE = 2;

/** Runs the checks of these names, or all. Prints each when it is done. @returns name, ok and findings of each */
export async function runChecks(names = []) {
  const unknown = names.filter((name) => !CHECKS.some((check) => check.name === name));
  if (unknown.length > 0)
    throw new Stop(`There is no check ${unknown.join(", ")}. There are: ${CHECKS.map(({ name }) => name).join(", ")}.`);
  const waiting = CHECKS.filter(({ name }) => names.length === 0 || names.includes(name));
  const results = [];
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) results.push(await runOne(check));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return results;
}

async function runOne({ name, run }) {
  const startedAt = performance.now();
  const findings = await run();
  const ok = findings.length === 0;
  process.stdout.write(`${ok ? "✓" : "✗"} ${name} (${seconds(performance.now() - startedAt)})\n`);
  if (!ok) process.stdout.write(`${findings.join("\n").replace(/^/gm, "    ")}\n`);
  return { name, ok, findings };
}

async function tool(file, args) {
  const { code, output } = await runNode(inRoot(file), args, {
    quiet: true,
    env: { NO_COLOR: "1", FORCE_COLOR: undefined },
  });
  if (code === 0) return [];
  return [output.trim() || `It ended with exit code ${code} and said nothing.`];
}

/** TypeScript 7 by its path: the name `typescript` is the older one that other tools still need, docs/adr/0001. */
async function checkTypes() {
  // Writes next-env.d.ts and the types of routes, which a fresh clone does not have.
  const pages = await tool("node_modules/next/dist/bin/next", ["typegen"]);
  return pages.length > 0 ? pages : tool("node_modules/typescript-native/lib/tsc.js", ["-p", ".", "--pretty", "false"]);
}
