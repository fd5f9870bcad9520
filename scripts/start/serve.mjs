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

/** The server runs inside the built tree, which the next build or update deletes. */
function anchorPaths({ UNITY_DATA, DATABASE_URL, UNITY_SECRET_KEY_FILE, UNITY_SECRETS_DIR }, base) {
  const sqlite = /^sqlite:(?:\/\/)?(.+)$/.exec(DATABASE_URL ?? "");
  return {
    UNITY_DATA: resolve(base, UNITY_DATA || "data"),
    ...(UNITY_SECRET_KEY_FILE ? { UNITY_SECRET_KEY_FILE: resolve(base, UNITY_SECRET_KEY_FILE) } : {}),
    ...(UNITY_SECRETS_DIR ? { UNITY_SECRETS_DIR: resolve(base, UNITY_SECRETS_DIR) } : {}),
    ...(sqlite ? { DATABASE_URL: `sqlite:${resolve(base, sqlite[1])}` } : {}),
  };
}
