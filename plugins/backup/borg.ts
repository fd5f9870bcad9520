import { z } from "zod";
import type { CollectError, ExecAnswer } from "../sdk";
import { type Context, failureOf, LIST_MS, type Meanings, NETWORK } from "./run-tool";

/** By msgid where there is one, else by the words. */
const MEANINGS: Meanings = [
  [/PassphraseWrong|NoPassphraseFailure|PasscommandFailure|passphrase supplied .* incorrect/i, "auth"],
  [
    /LockTimeout|LockFailed|failed to create\/acquire the lock/i,
    "rate_limited",
    "Another borg works on the repository.",
  ],
  [/Repository\.DoesNotExist|ParentPathDoesNotExist|does not exist/i, "not_found"],
  [
    /InvalidRepository|is not a valid repository/i,
    "not_found",
    "Check the path: there is no repository of borg in it.",
  ],
  ...NETWORK,
  [/ConnectionClosed|connection closed by remote/i, "unreachable", "Check ssh, and that borg is installed there."],
  [/RepositoryAccessAborted|EncryptionMethodMismatch/i, "permission"],
];

const Message = z.object({
  type: z.literal("log_message"),
  message: z.string(),
  levelname: z.string(),
  msgid: z.string().optional(),
});

/** borg, told where the repository is by its environment. It never waits for an answer of a person. */
export async function askBorg(
  context: Context,
  args: readonly string[],
  { timeoutMs = LIST_MS, nice = false } = {},
): Promise<ExecAnswer> {
  const settings = { env: environment(context.config), timeoutMs, package: "borgbackup" };
  return nice ? context.exec("nice", ["-n", "19", "borg", ...args], settings) : context.exec("borg", args, settings);
}

/** The same, where anything but success is a failure. @returns what it printed */
export async function readBorg(context: Context, args: readonly string[], timeoutMs?: number): Promise<string> {
  const answer = await askBorg(context, args, timeoutMs === undefined ? {} : { timeoutMs });
  // 1 is a warning, the answer is whole. borg 1.4 can be told to have more codes: 100 and above.
  if (answer.code !== 0 && answer.code !== 1 && answer.code < 100) throw borgFailure(context, answer);
  return answer.stdout;
}

export function borgFailure({ config }: Context, answer: ExecAnswer): CollectError {
  const messages = answer.stderr.split("\n").flatMap(readMessage);
  const stderr = messages.length === 0 ? answer.stderr : messages.join(" ");
  return failureOf("borg", { ...answer, stderr }, MEANINGS, config);
}

/** With `--log-json` each line is a message with a name that stays. What comes from ssh is a warning. */
function readMessage(line: string): string[] {
  if (!line.startsWith("{")) return [];
  try {
    const parsed = Message.safeParse(JSON.parse(line));
    if (!parsed.success) return [];
    const { message, msgid, levelname } = parsed.data;
    const matters = levelname === "ERROR" || levelname === "CRITICAL" || message.startsWith("Remote:");
    return matters ? [msgid === undefined ? message : `${message} (${msgid})`] : [];
  } catch {
    // A line that was cut off says nothing.
    return [];
  }
}

function environment(config: Context["config"]): Record<string, string> {
  const { repository, password, passwordFile, cacheFolder, env } = config;
  return {
    BORG_RELOCATED_REPO_ACCESS_IS_OK: "yes",
    BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK: "yes",
    BORG_RSH: "ssh -oBatchMode=yes",
    // Empty, so that it does not ask where nobody answers.
    ...(passwordFile === undefined
      ? { BORG_PASSPHRASE: password ?? "" }
      : { BORG_PASSCOMMAND: `cat ${quote(passwordFile)}` }),
    ...(repository === undefined ? {} : { BORG_REPO: repository }),
    // Keys stay where borg has them.
    ...(cacheFolder === undefined
      ? {}
      : { BORG_CACHE_DIR: `${cacheFolder}/borg`, BORG_SECURITY_DIR: `${cacheFolder}/borg-security` }),
    ...env,
  };
}

/** borg splits the command like a shell does. */
const quote = (text: string) => `'${text.replaceAll("'", `'"'"'`)}'`;
