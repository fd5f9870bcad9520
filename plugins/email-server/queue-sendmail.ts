import { CollectError } from "../sdk";
import type { Context } from "./parts";
import type { Queue, Queued } from "./queue";
import { type Meaning, toolFailure } from "./tool-failure";

const QUEUES = ["active", "deferred"];
/** "12345abc012345*    5 Mon Jan  1 00:00 <alice@example.org>"; * is being delivered (Sendmail guide, 2.3). */
const MESSAGE = /^(\w{8,20})([*X?-]*)\s+(\d+)\s+\w{3} (\w{3}) +(\d+) (\d\d):(\d\d)\s+(\S.*)$/;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAY_MS = 86_400_000;

const MEANINGS: readonly Meaning[] = [
  [/permission denied|not allowed|cannot open|you are not permitted/i, "permission", "Use sudo: the queue is root's."],
  [/no such file/i, "not_found", "Check the path of Sendmail's configuration."],
];

export async function readSendmailQueue(context: Context): Promise<Queue> {
  const { mtaConfigDir, useSudo: sudo } = context.config;
  const file = mtaConfigDir === undefined ? [] : ["-C", mtaConfigDir];
  const options = { sudo, package: "sendmail-bin", cut: true };
  const ask = async (...args: string[]) => {
    // -d0.1: it says its version before the list. Asked for alone, it would look up names, and wait for a DNS that is down.
    const answer = await context.exec("sendmail", [...args, "-d0.1", "-bp"], options);
    if (answer.code !== 0 && answer.truncated !== true) throw toolFailure("sendmail", answer, MEANINGS);
    const version = /^Version (\S+)/m.exec(answer.stdout)?.[1] ?? "";
    return { version, messages: parseMailq(answer.stdout, context.now), truncated: answer.truncated === true };
  };
  // The daemon's queue, and the one of mail that was handed in while there was no daemon.
  const queues = [await ask(...file)];
  if (mtaConfigDir === undefined) queues.push(await ask("-Ac"));
  return {
    version: queues[0]?.version ?? "",
    messages: queues.flatMap(({ messages }) => messages),
    truncated: queues.some(({ truncated }) => truncated),
    queues: QUEUES,
    tellsReasons: true,
  };
}

/** @param now epoch milliseconds: the list has no years @throws CollectError `parse` */
function parseMailq(stdout: string, now: number): Queued[] {
  if (!/is empty|Total requests: \d+|Q-ID/.test(stdout))
    throw new CollectError("parse", "sendmail -bp answered with something else than Sendmail's queue.", {
      hint: "Postfix and Exim have a tool of this name, too: choose the server that runs here.",
    });
  const messages: Queued[] = [];
  for (const line of stdout.split("\n")) {
    const [, id = "", mark = "", size = "", month = "", day = "", hour = "", minute = "", sender = ""] =
      MESSAGE.exec(line) ?? [];
    const last = messages.at(-1);
    const [, reason] = /^\s+\((.*)\)\s*$/.exec(line) ?? [];
    if (id !== "")
      messages.push({
        queue: mark.includes("*") ? "active" : "deferred",
        id,
        arrivedAt: guessYear(MONTHS.indexOf(month), [Number(day), Number(hour), Number(minute)], now),
        bytes: Number(size),
        sender: bare(sender),
        recipients: [],
        reason: "",
      });
    else if (last && reason !== undefined) messages[messages.length - 1] = { ...last, reason: last.reason || reason };
    else if (last && /^\s{3,}\S/.test(line))
      messages[messages.length - 1] = { ...last, recipients: [...last.recipients, bare(line)] };
  }
  return messages;
}

/** The latest year that does not lie ahead. The tool runs in UTC. */
function guessYear(month: number, [day = 1, hour = 0, minute = 0]: readonly number[], now: number): number | undefined {
  if (month < 0) return undefined;
  const year = new Date(now).getUTCFullYear();
  const thisYear = Date.UTC(year, month, day, hour, minute);
  return (thisYear > now + DAY_MS ? Date.UTC(year - 1, month, day, hour, minute) : thisYear) / 1_000;
}

const bare = (address: string) => address.trim().replace(/^<(.*)>$/, "$1");
