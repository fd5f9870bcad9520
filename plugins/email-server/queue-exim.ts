import { CollectError, type ExecAnswer } from "../sdk";
import type { Context } from "./parts";
import type { Queue, Queued } from "./queue";
import { type Meaning, toolFailure } from "./tool-failure";
import { readVersion } from "./version";

const QUEUES = ["deferred", "frozen"];
/** "25m  2.9K 0t5C6f-0000c8-00 <alice@example.org>", and at its end "*** frozen ***" (Exim specification, 5.2). */
const MESSAGE = /^\s*(\d+)([mhd])\s+([\d.]+)([KMG]?)\s+(\w{6}-\w{6,11}-\w{2,4})\s+<(.*?)>(.*)$/;
const UNIT_SECONDS = { m: 60, h: 3_600, d: 86_400 } as const;
const UNIT_BYTES: Readonly<Record<string, number>> = { "": 1, K: 1_024, M: 1_024 ** 2, G: 1_024 ** 3 };

const MEANINGS: readonly Meaning[] = [
  [/non-existent configuration|configuration error|configuration file/i, "not_found", "Check Exim's configuration."],
  [/permission denied/i, "permission", "Add Unity's user to Exim's group (Debian-exim), or use sudo."],
];

export async function readEximQueue(context: Context): Promise<Queue> {
  const { mtaConfigDir } = context.config;
  const file = mtaConfigDir === undefined ? [] : ["-C", mtaConfigDir];
  // Unsorted: sorting opens every file of the spool.
  const answer = await runExim(context, [...file, "-bpr"]);
  if (answer.code !== 0 && answer.truncated !== true) throw toolFailure("exim", answer, MEANINGS);
  const messages = parseEximQueue(answer.stdout, context.now / 1_000);
  const version = await readVersion(context, async () => {
    const { stdout } = await runExim(context, [...file, "-bV"]);
    return /^Exim version (\S+)/m.exec(stdout)?.[1] ?? "";
  });
  // Only the log of each message says why it waits.
  return { version, messages, truncated: answer.truncated === true, queues: QUEUES, tellsReasons: false };
}

/** Debian calls it exim4, others exim. */
async function runExim({ exec, config }: Context, args: readonly string[]): Promise<ExecAnswer> {
  const options = { sudo: config.useSudo, package: "exim4-daemon-light", cut: true };
  try {
    return await exec("exim4", args, options);
  } catch (error) {
    if (!(error instanceof CollectError) || error.reason !== "missing_tool") throw error;
    return exec("exim", args, options);
  }
}

/** @throws CollectError `parse` when there is text and no message in it */
function parseEximQueue(stdout: string, nowSeconds: number): Queued[] {
  const messages: (Queued & { recipients: string[] })[] = [];
  for (const line of stdout.split("\n")) {
    const [, age = "", unit = "m", size = "", scale = "", id = "", sender = "", rest = ""] = MESSAGE.exec(line) ?? [];
    if (id !== "") {
      messages.push({
        queue: rest.includes("*** frozen ***") ? "frozen" : "deferred",
        id,
        // Exim rounds: 90 minutes and more are hours, three days and more are days.
        arrivedAt: nowSeconds - Number(age) * (unit === "h" || unit === "d" ? UNIT_SECONDS[unit] : UNIT_SECONDS.m),
        bytes: Math.round(Number(size) * (UNIT_BYTES[scale] ?? 1)),
        sender,
        recipients: [],
        reason: "",
      });
    } else if (/^\s+(?!D )\S/.test(line)) messages.at(-1)?.recipients.push(line.trim());
  }
  if (messages.length === 0 && stdout.trim() !== "")
    throw new CollectError("parse", "exim -bp answered with something else than a queue.");
  return messages;
}
