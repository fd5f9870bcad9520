import { toLabel } from "../sdk";
import type { Context, Notes, Reporter } from "./parts";
import { readEximQueue } from "./queue-exim";
import { readPostfixQueue } from "./queue-postfix";
import { readSendmailQueue } from "./queue-sendmail";
import { classifyReason, REASON_CLASSES } from "./reason-class";

/** A message that waits. What is not known is undefined. */
export interface Queued {
  readonly queue: string;
  readonly id: string;
  /** Epoch seconds. */
  readonly arrivedAt: number | undefined;
  readonly bytes: number | undefined;
  readonly sender: string;
  readonly recipients: readonly string[];
  /** Why it was not delivered; "" when nobody says. */
  readonly reason: string;
}

export interface Queue {
  readonly version: string;
  readonly messages: readonly Queued[];
  /** There are more than were read. */
  readonly truncated: boolean;
  /** Queues that exist also when they are empty. */
  readonly queues: readonly string[];
  /** False where the tool does not say why a message waits. */
  readonly tellsReasons: boolean;
}

/** Not to be delivered until somebody says so. */
const HELD = new Set(["hold", "frozen"]);
const READERS = { postfix: readPostfixQueue, exim: readEximQueue, sendmail: readSendmailQueue } as const;

export async function collectQueue(
  context: Context,
  report: Reporter,
  mta: Exclude<Context["config"]["mta"], "none">,
  notes: Notes,
): Promise<void> {
  const queue = await READERS[mta](context, report);
  report("mail_info", 1, { mta, version: toLabel(queue.version) });
  reportQueue(context, report, queue);
  if (mta === "exim") report("mail_queue_frozen", queue.messages.filter(({ queue: name }) => name === "frozen").length);
  notes.facts.mta = mta;
  notes.facts.version = toLabel(queue.version);
  notes.lists.queue = listOldest(queue.messages, context.now / 1_000, context.config.maxItems);
}

function reportQueue({ now }: Context, report: Reporter, { messages, truncated, queues, tellsReasons }: Queue): void {
  const names = new Set([...queues, ...messages.map(({ queue }) => queue)]);
  for (const name of names) {
    const mine = messages.filter(({ queue }) => queue === name);
    report("mail_queue_messages", mine.length, { queue: toLabel(name) });
    const oldest = mine.reduce((age, { arrivedAt }) => Math.max(age, ageOf(arrivedAt, now / 1_000) ?? 0), 0);
    report("mail_queue_oldest_age_seconds", oldest, { queue: toLabel(name) });
  }
  report("mail_queue_waiting_messages", messages.filter(({ queue }) => !HELD.has(queue)).length);
  report(
    "mail_queue_size_bytes",
    messages.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
  );
  report("mail_queue_truncated", truncated ? 1 : 0);
  if (!tellsReasons) return;
  const deferred = messages.filter(({ reason }) => reason !== "").map(({ reason }) => classifyReason(reason));
  for (const reasonClass of REASON_CLASSES)
    report("mail_queue_deferred_reasons", deferred.filter((found) => found === reasonClass).length, {
      reason_class: reasonClass,
    });
}

function listOldest(messages: readonly Queued[], nowSeconds: number, limit: number) {
  return [...messages]
    .sort((a, b) => (a.arrivedAt ?? nowSeconds) - (b.arrivedAt ?? nowSeconds))
    .slice(0, limit)
    .map(({ queue, id, arrivedAt, bytes, sender, recipients, reason }) => ({
      id: toLabel(id),
      queue: toLabel(queue),
      ageSeconds: ageOf(arrivedAt, nowSeconds) ?? null,
      bytes: bytes ?? null,
      sender: toLabel(sender),
      recipient: toLabel(recipients[0] ?? ""),
      recipients: recipients.length,
      reason: toLabel(reason),
    }));
}

/** A clock that was set back makes no message younger than new. */
const ageOf = (arrivedAt: number | undefined, nowSeconds: number) =>
  arrivedAt === undefined ? undefined : Math.max(0, nowSeconds - arrivedAt);
