import { spawn } from "node:child_process";
import { constants } from "node:os";
import { resolve } from "node:path";
import { root, standalone } from "../tasks/root.mjs";
import { NODE_FLAGS, NODE_MEMORY } from "./node-flags.mjs";

/**
 * Runs the built server in the foreground; its exit code becomes this process's.
 * @param options.tree the built server's folder @param options.base what paths of the environment are relative to
 */
export async function serve(env, { tree = standalone, base = root } = {}) {
  const child = spawn(process.execPath, [...NODE_FLAGS, "main.js"], {
    cwd: tree,
    stdio: "inherit",
    env: { ...NODE_MEMORY, ...env, ...anchorPaths(env, base), NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  const forward = (signal) => child.kill(signal);
  // Registered ones also keep this process until the server has stopped in order.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, forward);
  process.exitCode = await new Promise((done, fail) => {
    child.once("error", fail);
    child.once("exit", (code, signal) => done(code ?? 128 + constants.signals[signal]));
  });
}

/** Variables that name a file or folder. */
const PATHS = ["UNITY_SECRET_KEY_FILE", "UNITY_SECRETS_DIR", "UNITY_PROVISION"];

/** The server runs inside the built tree, which the next build or update deletes. */
function anchorPaths(env, base) {
  const sqlite = /^sqlite:(?:\/\/)?(.+)$/.exec(env.DATABASE_URL ?? "");
  const set = PATHS.filter((name) => env[name]);
  return {
    UNITY_DATA: resolve(base, env.UNITY_DATA || "data"),
    ...Object.fromEntries(set.map((name) => [name, resolve(base, env[name])])),
    ...(sqlite ? { DATABASE_URL: `sqlite:${resolve(base, sqlite[1])}` } : {}),
  };
}
