import { type ChildProcess, spawn } from "node:child_process";
import { access, constants } from "node:fs/promises";
import os from "node:os";
import type { ExecAnswer, ExecOptions } from "../../../plugins/sdk/context";
import { CollectError } from "../../../plugins/sdk/errors";
import { withDeadline } from "./deadline";
import { toCollectError } from "./failure";

/** Where tools are looked for, whatever PATH the service manager gave. */
export const TOOL_FOLDERS: readonly string[] = [
  "/usr/local/sbin",
  "/usr/local/bin",
  "/usr/sbin",
  "/usr/bin",
  "/sbin",
  "/bin",
];
const DEFAULT_TIMEOUT_MS = 10_000;
const MAX_STDOUT_BYTES = 8 * 1_024 * 1_024;
/** Of complaints, the first part is enough. */
const MAX_STDERR_BYTES = 64 * 1_024;
/** A tool that ended may have left a child that holds its output open; this long it may still deliver. */
const LINGER_MS = 500;

interface Surroundings {
  readonly signal: AbortSignal;
  readonly folders: readonly string[];
}

/** Runs a tool: no shell, a fixed path list, a small environment, SIGKILL to its whole group at the end of time. */
export async function runTool(
  tool: string,
  args: readonly string[],
  options: ExecOptions,
  { signal, folders }: Surroundings,
): Promise<ExecAnswer> {
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  return withDeadline({ signal, timeoutMs, where: tool }, async (inner) => {
    const path = await findTool(tool, options.package, folders);
    const [command, all] = options.sudo
      ? [await findTool("sudo", "sudo", folders), ["-n", ...keptVariables(options.env), "--", path, ...args]]
      : [path, [...args]];
    if (inner.aborted) throw inner.reason;
    const answer = await converse(start(command, all, { tool, env: options.env, folders }), tool, options, inner);
    if (options.sudo && answer.code !== 0 && /^sudo: /m.test(answer.stderr)) throw sudoRefused(tool, answer.stderr);
    return answer;
  });
}

/** Runs an executable by its path, as tools are run: whoever chose it may run programs on this machine. */
export function runFile(
  path: string,
  options: Pick<ExecOptions, "env" | "stdin"> & { readonly timeoutMs: number },
  signal: AbortSignal,
): Promise<ExecAnswer> {
  return withDeadline({ signal, timeoutMs: options.timeoutMs, where: path }, (inner) => {
    const child = start(path, [], { tool: path, env: options.env, folders: TOOL_FOLDERS });
    return converse(child, path, { ...options, cut: true }, inner);
  });
}

function start(
  command: string,
  args: readonly string[],
  { tool, env, folders }: { tool: string; env: ExecOptions["env"]; folders: readonly string[] },
): ChildProcess {
  const all = { PATH: folders.join(":"), LC_ALL: "C", TZ: "UTC", ...env };
  try {
    return spawn(command, args, {
      // Next's types ask every environment for NODE_ENV; a tool has no use for it.
      env: all as Record<string, string> as NodeJS.ProcessEnv,
      stdio: ["pipe", "pipe", "pipe"],
      // A group of its own, so that what the tool starts ends with it.
      detached: true,
    });
  } catch (error) {
    throw toCollectError(error, tool);
  }
}

async function findTool(tool: string, packageName: string | undefined, folders: readonly string[]): Promise<string> {
  // A name only: a path would let a configuration choose the program.
  if (!/^[\w.+-]+$/.test(tool)) throw new CollectError("internal", `"${tool}" is not the name of a tool.`);
  for (const folder of folders) {
    const path = `${folder}/${tool}`;
    const found = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return path;
  }
  throw new CollectError("missing_tool", `${tool} is not installed on this machine.`, {
    hint: packageName
      ? `Install it: apt install ${packageName} (Debian, Ubuntu) or the like.`
      : `Install it into one of ${folders.join(", ")}.`,
  });
}

/** sudo drops the environment unless told; only what the plugin asked for is kept. */
function keptVariables(env: ExecOptions["env"]): string[] {
  const names = Object.keys(env ?? {});
  return names.length === 0 ? [] : [`--preserve-env=${names.join(",")}`];
}

function converse(child: ChildProcess, tool: string, { stdin, cut = false }: ExecOptions, signal: AbortSignal) {
  return new Promise<ExecAnswer>((resolve, reject) => {
    let truncated = false;
    const stdout = collect(child.stdout, MAX_STDOUT_BYTES, () => {
      killGroup(child);
      truncated = true;
      if (!cut) reject(new CollectError("protocol", `${tool} printed more than 8 MiB and was ended.`));
    });
    const stderr = collect(child.stderr, MAX_STDERR_BYTES, () => {});
    const onAbort = () => killGroup(child);
    signal.addEventListener("abort", onAbort, { once: true });
    let linger: NodeJS.Timeout | undefined;
    child.once("error", (error) => reject(toCollectError(error, tool)));
    child.once("exit", () => {
      linger = setTimeout(() => {
        killGroup(child);
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, LINGER_MS);
    });
    child.once("close", (code, end) => {
      clearTimeout(linger);
      signal.removeEventListener("abort", onAbort);
      // The shell's convention for a tool that a signal ended.
      const said = { stdout: stdout(), stderr: stderr(), ...(truncated ? { truncated } : {}) };
      resolve({ code: code ?? 128 + (end ? os.constants.signals[end] : 0), ...said });
    });
    // A tool may end without reading what it was told; its exit code then says more than the broken pipe.
    child.stdin?.on("error", () => {});
    child.stdin?.end(stdin ?? "");
  });
}

function collect(stream: NodeJS.ReadableStream | null, maxBytes: number, onFull: () => void): () => string {
  const chunks: Buffer[] = [];
  let length = 0;
  stream?.on("data", (chunk: Buffer) => {
    const kept = chunk.subarray(0, maxBytes - length);
    if (kept.length > 0) chunks.push(kept);
    length += kept.length;
    if (kept.length < chunk.length) onFull();
  });
  return () => Buffer.concat(chunks).toString("utf8");
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // The group is gone already, or belongs to root through sudo: then only its leader may be ours to end.
    child.kill("SIGKILL");
  }
}

function sudoRefused(tool: string, stderr: string): CollectError {
  const line = stderr.split("\n").find((text) => text.startsWith("sudo: ")) ?? "";
  return new CollectError("permission", `sudo does not let Unity run ${tool}: ${line.slice(6, 206)}.`, {
    hint: `Allow it without a password in /etc/sudoers.d; the plugin's page has the lines for ${tool}.`,
  });
}
