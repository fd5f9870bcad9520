import { spawn } from "node:child_process";
import { root } from "./root.mjs";

/** A tool that fails says why in its last lines; more than this of them helps nobody. */
const MAX_OUTPUT = 400_000;
/** Whoever stops a script means what it started, too. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Runs a program to its end, without standard input. @param options.quiet keep its output instead of showing it
 * @returns its exit code (127 when there is no such program) and, if quiet, what it printed
 */
export function runCommand(program, args, { env = {}, quiet = false, cwd = root } = {}) {
  return new Promise((resolve) => {
    const stdio = quiet ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"];
    const child = spawn(program, args, { cwd, stdio, env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env } });
    let output = "";
    const keep = (text) => {
      output = (output + text).slice(-MAX_OUTPUT);
    };
    child.stdout?.setEncoding("utf8").on("data", keep);
    child.stderr?.setEncoding("utf8").on("data", keep);
    const stop = (signal) => {
      child.kill(signal);
      process.exit(1);
    };
    for (const signal of SIGNALS) process.once(signal, stop);
    const end = (result) => {
      for (const signal of SIGNALS) process.off(signal, stop);
      resolve(result);
    };
    child.on("error", (error) => end({ code: error.code === "ENOENT" ? 127 : 1, output: String(error.message) }));
    child.on("close", (code) => end({ code: code ?? 1, output }));
  });
}

/** Runs a JavaScript file of the repository or its packages with this Node. */
export const runNode = (file, args = [], options = {}) => runCommand(process.execPath, [file, ...args], options);
