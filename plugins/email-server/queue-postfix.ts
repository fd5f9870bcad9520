import { z } from "zod";
import { CollectError } from "../sdk";
import type { Context, Reporter } from "./parts";
import type { Queue, Queued } from "./queue";
import { type Meaning, toolFailure } from "./tool-failure";
import { readVersion } from "./version";

/** More says nothing new, and takes its time to be parsed. */
const MAX_MESSAGES = 50_000;
const QUEUES = ["active", "incoming", "deferred", "hold", "maildrop"];

/** One line of `postqueue -j` (postqueue(1), since Postfix 3.1). */
const Line = z.object({
  queue_name: z.string().min(1),
  queue_id: z.string().catch(""),
  arrival_time: z.coerce.number().optional().catch(undefined),
  message_size: z.coerce.number().nonnegative().optional().catch(undefined),
  sender: z.string().catch(""),
  recipients: z
    .array(z.object({ address: z.string().catch(""), delay_reason: z.string().optional().catch(undefined) }))
    .catch([]),
});

const MEANINGS: readonly Meaning[] = [
  [/not allowed to view|Permission denied/i, "permission", "Name the user in authorized_mailq_users, or use sudo."],
  [
    /untrusted configuration directory|not trusted|alternate_config_directories/i,
    "permission",
    "Name the folder in alternate_config_directories of the main instance, or use sudo.",
  ],
  [/invalid option|illegal option|usage: postqueue/i, "unsupported_version", "Postfix 3.1 or newer is needed."],
  [/showq|mail system is down|Connect to/i, "unreachable", "Check that Postfix runs: postfix status."],
  [/No such file or directory|open .*main\.cf/i, "not_found", "Check the folder of Postfix's configuration."],
];

export async function readPostfixQueue(context: Context, report: Reporter): Promise<Queue> {
  const { mtaConfigDir, useSudo: sudo } = context.config;
  const folder = mtaConfigDir === undefined ? [] : ["-c", mtaConfigDir];
  const answer = await context.exec("postqueue", [...folder, "-j"], { sudo, package: "postfix", cut: true });
  if (answer.code !== 0 && answer.truncated !== true) throw toolFailure("postqueue", answer, MEANINGS);
  // Who may, reads the files past a Postfix that does not run.
  if (/mail system is down/i.test(answer.stderr))
    report.partial("unreachable", "Postfix does not run; its queue was read from the disk.");
  const { messages, truncated } = parsePostqueue(answer.stdout, answer.truncated === true);
  const version = await readVersion(context, async () => {
    const { code, stdout } = await context.exec("postconf", [...folder, "-h", "mail_version"], { package: "postfix" });
    return code === 0 ? stdout.trim() : "";
  });
  return { version, messages, truncated, queues: QUEUES, tellsReasons: true };
}

/** @param isCut the last line may be half a one @throws CollectError `parse` when no line is a message */
function parsePostqueue(stdout: string, isCut: boolean): Pick<Queue, "messages" | "truncated"> {
  const lines = stdout.split("\n").filter((line) => line.trim() !== "");
  if (isCut) lines.pop();
  const read = lines.slice(0, MAX_MESSAGES);
  const messages = read.flatMap((line): Queued[] => {
    const parsed = Line.safeParse(toJson(line));
    return parsed.success ? [toQueued(parsed.data)] : [];
  });
  if (messages.length < read.length)
    throw new CollectError(
      "parse",
      `${read.length - messages.length} of ${read.length} lines of postqueue -j are no messages.`,
      { hint: "Postfix 3.1 or newer is needed." },
    );
  return { messages, truncated: isCut || lines.length > read.length };
}

const toQueued = ({ queue_name, queue_id, arrival_time, message_size, sender, recipients }: z.output<typeof Line>) => ({
  queue: queue_name,
  id: queue_id,
  arrivedAt: arrival_time,
  bytes: message_size,
  sender,
  recipients: recipients.map(({ address }) => address),
  reason: recipients.find(({ delay_reason }) => delay_reason !== undefined)?.delay_reason ?? "",
});

function toJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // Counted as no message.
  }
}
