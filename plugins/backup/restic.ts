import { z } from "zod";
import type { CollectError, ExecAnswer, ExecOptions } from "../sdk";
import { CHECK_MS, type Context, failureOf, LIST_MS, type Meanings, NETWORK } from "./run-tool";

const Complaint = z.object({ message: z.string() });

const MEANINGS: Meanings = [
  [/wrong password or no key found|empty password is not a password|resolving password failed/i, "auth"],
  [/unsupported repository version/i, "unsupported_version", "Install a restic as new as the one that writes."],
  [/already locked/i, "rate_limited", "Another restic works on the repository."],
  [/specify repository location/i, "not_found"],
  ...NETWORK,
  [/unable to open config file|repository does not exist|no such file|is not there/i, "not_found"],
];
/** From 0.17 on restic says by its exit code what older ones only say in words. */
const LOCKED = 11;
const WRONG_PASSWORD = 12;
/** Seconds. */
const CHECK_SECONDS = "240";

/** restic, told where the repository is by its environment: an argument could be read by every user of the machine. */
export async function askRestic(context: Context, args: readonly string[], timeoutMs = LIST_MS): Promise<ExecAnswer> {
  return context.exec("restic", [...args, ...cacheArguments(context)], settingsOf(context, timeoutMs));
}

/**
 * `restic check` with the lowest priority. It reads what is damaged again and again for a quarter of an hour; `timeout` ends it, so that
 * what it has found until then is not lost. Its exit code is 124 then.
 */
export function checkRestic(context: Context): Promise<ExecAnswer> {
  const restic = ["restic", "check", "-q", ...cacheArguments(context)];
  return context.exec("nice", ["-n", "19", "timeout", CHECK_SECONDS, ...restic], settingsOf(context, CHECK_MS));
}

const cacheArguments = ({ config }: Context) => (config.cacheFolder === undefined ? ["--no-cache"] : []);

const settingsOf = ({ config }: Context, timeoutMs: number): ExecOptions => ({
  env: environment(config),
  timeoutMs,
  package: "restic",
});

/** The same, where anything but success is a failure. @returns what it printed */
export async function readRestic(context: Context, args: readonly string[], timeoutMs?: number): Promise<string> {
  const answer = await askRestic(context, args, timeoutMs);
  if (answer.code !== 0) throw refusalOf(context, answer);
  return answer.stdout;
}

export function refusalOf({ config }: Context, given: ExecAnswer): CollectError {
  const answer = { ...given, stderr: plainWords(given.stderr) };
  if (answer.code === WRONG_PASSWORD) return failureOf("restic", answer, [[/^/, "auth"]], config);
  if (answer.code === LOCKED) return failureOf("restic", answer, [[/^/, "rate_limited"]], config);
  return failureOf("restic", answer, MEANINGS, config);
}

/** Asked for JSON, restic 0.17 and later complain in JSON. */
function plainWords(stderr: string): string {
  const lines = stderr
    .trim()
    .split("\n")
    .map((line) => {
      try {
        const parsed = Complaint.safeParse(JSON.parse(line));
        return parsed.success ? parsed.data.message : line;
      } catch {
        return line;
      }
    });
  return lines.join("\n");
}

function environment({
  repository,
  password,
  passwordFile,
  cacheFolder,
  env,
}: Context["config"]): Record<string, string> {
  return {
    ...(repository === undefined ? {} : { RESTIC_REPOSITORY: repository }),
    ...(password === undefined ? {} : { RESTIC_PASSWORD: password }),
    ...(passwordFile === undefined ? {} : { RESTIC_PASSWORD_FILE: passwordFile }),
    ...(cacheFolder === undefined ? {} : { RESTIC_CACHE_DIR: `${cacheFolder}/restic` }),
    ...env,
  };
}
