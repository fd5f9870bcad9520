import { z } from "zod";
import { CollectError, openApi, parseAnswer, type Report, readPart } from "../sdk";
import { failedAmong, HISTORY_LENGTH } from "./history";
import type { metrics } from "./metrics";
import { amount, flag, known, text } from "./parse";
import { parseSize } from "./parse-size";
import type { Context, Disk, Item, Snapshot, State } from "./snapshot";

const MIB = 1_024 ** 2;
const GIB = 1_024 ** 3;
const STATES: readonly State[] = ["downloading", "queued", "paused", "checking"];

const Refusal = z.object({ status: z.literal(false), error: z.string().nullish() });
const Slot = z.object({ nzo_id: text, filename: text, status: text, mb: amount, mbleft: amount });
const Queue = z.object({
  queue: z.object({
    version: text,
    paused: flag,
    status: text,
    kbpersec: amount,
    diskspace1: amount,
    diskspace2: amount,
    diskspacetotal1: amount,
    diskspacetotal2: amount,
    have_warnings: amount,
    have_quota: flag,
    left_quota: text,
    quota: text,
    slots: z.array(Slot),
  }),
});
type Queue = z.output<typeof Queue>["queue"];
const History = z.object({
  history: z.object({ slots: z.array(z.object({ nzo_id: text, name: text, status: text, bytes: amount })) }),
});
const Totals = z.object({ total: amount });

/** SABnzbd from 2 on. Its wiki, "API": every number is written as a text. */
export async function readSabnzbd(context: Context, report: Report<typeof metrics>): Promise<Snapshot> {
  const ask = openSabnzbd(context);
  const { queue } = await ask(Queue, { mode: "queue" });
  const history = await readPart(context, report, () =>
    ask(History, { mode: "history", limit: String(HISTORY_LENGTH) }),
  );
  const totals = await readPart(context, report, () => ask(Totals, { mode: "server_stats" }));
  const slots = history?.history.slots ?? [];
  return {
    version: queue.version,
    states: STATES,
    items: [...queue.slots.map(describeSlot), ...slots.flatMap(describePostProcessed)],
    downloadSpeed: queue.kbpersec === undefined ? undefined : queue.kbpersec * 1_024,
    downloadedBytes: totals?.total,
    disks: disksOf(queue),
    paused: queue.paused,
    historyFailed: history ? failedAmong(slots, ({ status }) => status === "Failed") : undefined,
    warnings: queue.have_warnings,
    quotaRemainingBytes: hasQuota(queue) ? parseSize(queue.left_quota) : undefined,
    facts: { status: queue.status },
  };
}

/** Sends questions as a form, so that the key stands in no log of a proxy and follows no redirect. */
function openSabnzbd(context: Context) {
  const { url, apiKey = "", tls, headers } = context.config;
  const api = openApi(context, { url, tls, headers });
  return async <T>(schema: z.ZodType<T>, question: Readonly<Record<string, string>>): Promise<T> => {
    const answer = await api.ask("/api", {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ ...question, output: "json", apikey: apiKey }).toString(),
      accept: [403],
    });
    const said = refusalOf(answer.body);
    if (said !== undefined || answer.status === 403) throw explainRefusal(said ?? answer.body);
    return parseAnswer(schema, answer);
  };
}

/** A refusal is answered 200 or 403, as JSON or as bare text. */
function refusalOf(body: string): string | undefined {
  try {
    const refusal = Refusal.safeParse(JSON.parse(body));
    return refusal.success ? (refusal.data.error ?? "") : undefined;
  } catch {
    return /^(API Key|Missing authentication|Access denied)/.test(body) ? body : undefined;
  }
}

function explainRefusal(said: string): CollectError {
  if (/api key|authentication/i.test(said)) return new CollectError("auth", "SABnzbd did not accept the API key.");
  if (/hostname/i.test(said))
    return new CollectError("permission", "SABnzbd does not answer to this host name.", {
      hint: "Add the name under Config > Special > host_whitelist, or use the IP address.",
    });
  return new CollectError("permission", "SABnzbd refused the question.", {
    hint: "Allow full API access from this machine: Config > General > External internet access, or local ranges.",
  });
}

/** The folder of unfinished downloads, and that of finished ones; SABnzbd does not tell their paths here. */
function disksOf(queue: Queue): Disk[] {
  const disk = (path: string, free: number | undefined, total: number | undefined): Disk[] => {
    const gib = known(free);
    return gib === undefined ? [] : [{ path, freeBytes: gib * GIB, capacityBytes: total ? total * GIB : undefined }];
  };
  return [
    ...disk("download_dir", queue.diskspace1, queue.diskspacetotal1),
    ...disk("complete_dir", queue.diskspace2, queue.diskspacetotal2),
  ];
}

/** Older versions do not say whether there is one; without, it is 0. */
const hasQuota = ({ have_quota, quota }: Queue) => have_quota ?? (parseSize(quota) ?? 0) > 0;

function describeSlot({ nzo_id, filename, status, mb, mbleft }: z.output<typeof Slot>): Item {
  return {
    id: nzo_id,
    name: filename,
    state: stateOf(status),
    progress: mb && mbleft !== undefined ? 1 - mbleft / mb : undefined,
    remainingBytes: mbleft === undefined ? undefined : mbleft * MIB,
  };
}

function stateOf(status: string): State {
  switch (status) {
    case "Downloading":
    case "Fetching":
    case "Grabbing":
      return "downloading";
    case "Queued":
    case "Idle":
    case "Propagating":
      return "queued";
    case "Paused":
      return "paused";
    case "Checking":
      return "checking";
    default:
      return "other";
  }
}

/** What is downloaded and not yet unpacked stands in the history. */
function describePostProcessed({ nzo_id, name, status }: { nzo_id: string; name: string; status: string }): Item[] {
  const isDone = ["Completed", "Failed", "Deleted", ""].includes(status);
  return isDone ? [] : [{ id: nzo_id, name, state: "checking", progress: undefined, remainingBytes: 0 }];
}
