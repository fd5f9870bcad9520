import { spawn } from "node:child_process";
import { constants } from "node:os";
import { resolve } from "node:path";
import { root, standalone } from "../tasks/root.mjs";
import { NODE_FLAGS, NODE_MEMORY } from "./node-flags.mjs";

/** Runs the built server in the foreground; its exit code becomes this process's. */
export async function serve(env) {
  const child = spawn(process.execPath, [...NODE_FLAGS, "main.js"], {
    cwd: standalone,
    stdio: "inherit",
    env: { ...NODE_MEMORY, ...env, ...anchorPaths(env), NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  const forward = (signal) => child.kill(signal);
  // Registered ones also keep this process until the server has stopped in order.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, forward);
  process.exitCode = await new Promise((done, fail) => {
    child.once("error", fail);
    child.once("exit", (code, signal) => done(code ?? 128 + constants.signals[signal]));
  });
}

/** The server runs inside the built tree, which the next build deletes: paths are meant relative to the repository. */
function anchorPaths({ UNITY_DATA, DATABASE_URL, UNITY_SECRET_KEY_FILE, UNITY_SECRETS_DIR }) {
  const sqlite = /^sqlite:(?:\/\/)?(.+)$/.exec(DATABASE_URL ?? "");
  return {
    UNITY_DATA: resolve(root, UNITY_DATA || "data"),
    ...(UNITY_SECRET_KEY_FILE ? { UNITY_SECRET_KEY_FILE: resolve(root, UNITY_SECRET_KEY_FILE) } : {}),
    ...(UNITY_SECRETS_DIR ? { UNITY_SECRETS_DIR: resolve(root, UNITY_SECRETS_DIR) } : {}),
    ...(sqlite ? { DATABASE_URL: `sqlite:${resolve(root, sqlite[1])}` } : {}),
  };
}
