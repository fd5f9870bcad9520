import { z } from "zod";
import { CollectError, openApi, parseAnswer, printable, type Refusals } from "../sdk";
import { amount, known, text } from "./parse";
import { type Context, type Item, type Snapshot, STATES, type State } from "./snapshot";

/** More than this are not listed one by one; aria2 itself keeps 1,000 stopped ones. */
const MAX_LISTED = 1_000;
const MAX_BYTES = 32 * 1_024 * 1_024;
const PATH = "/jsonrpc";
const KEYS = [
  "gid",
  "status",
  "totalLength",
  "completedLength",
  "downloadSpeed",
  "seeder",
  "verifiedLength",
  "verifyIntegrityPending",
  "connections",
  "bittorrent",
  "files",
];

const Fault = z.object({ code: amount, message: text });
const Answer = z.object({ result: z.array(z.unknown()).optional(), error: Fault.nullish() });
const Version = z.object({ version: z.string() });
const Totals = z.object({ downloadSpeed: amount, uploadSpeed: amount, numStoppedTotal: amount });
const Download = z.object({
  gid: text,
  status: text,
  totalLength: amount,
  completedLength: amount,
  downloadSpeed: amount,
  seeder: text,
  verifiedLength: amount,
  verifyIntegrityPending: text,
  connections: amount,
  bittorrent: z
    .object({ info: z.object({ name: text }).nullish() })
    .nullish()
    .catch(undefined),
  files: z
    .array(
      z.object({
        path: text,
        uris: z
          .array(z.object({ uri: text }))
          .nullish()
          .catch(undefined),
      }),
    )
    .nullish()
    .catch(undefined),
});
type Download = z.output<typeof Download>;

/** aria2 from 1.18 on. Its manual, "RPC interface": everything at once in one system.multicall, numbers as texts. */
export async function readAria2(context: Context): Promise<Snapshot> {
  const [version, totals, ...lists] = await askAll(context, [
    ["aria2.getVersion"],
    ["aria2.getGlobalStat"],
    ["aria2.tellActive", KEYS],
    ["aria2.tellWaiting", 0, MAX_LISTED, KEYS],
    ["aria2.tellStopped", 0, MAX_LISTED, KEYS],
  ]);
  const { downloadSpeed, uploadSpeed, numStoppedTotal } = parseResult(Totals, totals);
  const downloads = lists.flatMap((list) => parseResult(z.array(Download), list));
  const connections = downloads.flatMap((download) => download.connections ?? []);
  return {
    version: parseResult(Version, version).version,
    states: STATES,
    // One that was taken out by hand stays in the list of stopped ones.
    items: downloads.filter(({ status }) => status !== "removed").map(describeDownload),
    downloadSpeed,
    uploadSpeed,
    disks: [],
    peers: connections.reduce((sum, count) => sum + count, 0),
    facts: numStoppedTotal === undefined ? {} : { stoppedSinceStart: numStoppedTotal },
  };
}

type Question = readonly [method: string, ...params: unknown[]];

/** The answers in the order of the questions. */
async function askAll(context: Context, questions: readonly Question[]): Promise<unknown[]> {
  const { url, rpcSecret, tls, headers } = context.config;
  const base = url.replace(/\/+$/, "");
  const api = openApi(context, {
    url: base.endsWith(PATH) ? base.slice(0, -PATH.length) : base,
    tls,
    headers,
    maxBytes: MAX_BYTES,
    refusals: REFUSALS,
  });
  const token = rpcSecret === undefined ? [] : [`token:${rpcSecret}`];
  const calls = questions.map(([methodName, ...params]) => ({ methodName, params: [...token, ...params] }));
  const body = JSON.stringify({ jsonrpc: "2.0", id: "1", method: "system.multicall", params: [calls] });
  const answer = await api.ask(PATH, {
    method: "POST",
    body,
    headers: { "content-type": "application/json" },
    accept: [400],
  });
  const { result, error } = parseAnswer(Answer, answer);
  if (error) throw explainFault(error);
  if (result?.length !== questions.length)
    throw new CollectError("parse", `${api.base}${PATH} did not answer all that aria2 was asked.`);
  return result.map((one) => {
    // An answer comes in a list of its own, a fault does not.
    if (Array.isArray(one)) return one[0];
    throw explainFault(Fault.parse(one ?? {}));
  });
}

const REFUSALS: Refusals = { 404: { reason: "not_found", hint: "Check that aria2 runs with --enable-rpc." } };

function explainFault({ message }: z.output<typeof Fault>): CollectError {
  if (/unauthorized/i.test(message)) return new CollectError("auth", "aria2 did not accept the RPC secret.");
  return new CollectError("protocol", `aria2 refused the question: ${printable(message.slice(0, 200))}.`);
}

function parseResult<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new CollectError("parse", "aria2 answered in an unknown shape.", { cause: parsed.error });
}

function describeDownload(download: Download): Item {
  const { gid, totalLength, completedLength } = download;
  const size = known(totalLength);
  const done = known(completedLength);
  return {
    id: gid,
    name: nameOf(download),
    state: stateOf(download),
    progress: size && done !== undefined ? done / size : undefined,
    remainingBytes: size === undefined || done === undefined ? undefined : size - done,
  };
}

/** A torrent has a name; another download that of its file, or before that is known its address's. */
function nameOf({ gid, bittorrent, files }: Download): string {
  const [file] = files ?? [];
  const path = file?.path || (file?.uris?.[0]?.uri ?? "").replace(/[?#].*$/, "");
  return bittorrent?.info?.name || path.split("/").at(-1) || gid;
}

function stateOf({ status, seeder, downloadSpeed, verifiedLength, verifyIntegrityPending }: Download): State {
  switch (status) {
    case "active":
      if (verifiedLength !== undefined) return "checking";
      if (seeder === "true") return "seeding";
      return downloadSpeed === 0 ? "stalled" : "downloading";
    case "waiting":
      return verifyIntegrityPending === "true" ? "checking" : "queued";
    case "paused":
      return "paused";
    case "error":
      return "error";
    case "complete":
      return "completed";
    default:
      return "other";
  }
}
