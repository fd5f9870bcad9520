import { z } from "zod";
import { CollectError, openApi, printable, type Report, readPart } from "../sdk";
import { failedAmong } from "./history";
import type { metrics } from "./metrics";
import { amount, flag, joinHalves, text } from "./parse";
import type { Context, Item, Snapshot, State } from "./snapshot";

/** The history keeps 30 days, and is answered whole. */
const MAX_BYTES = 32 * 1_024 * 1_024;
const STATES: readonly State[] = ["downloading", "queued", "paused", "checking"];

const Status = z.object({
  DownloadedSizeLo: amount,
  DownloadedSizeHi: amount,
  DownloadRate: amount,
  DownloadRateLo: amount,
  DownloadRateHi: amount,
  DownloadPaused: flag,
  ServerStandBy: flag,
  QuotaReached: flag,
  FreeDiskSpaceLo: amount,
  FreeDiskSpaceHi: amount,
  TotalDiskSpaceLo: amount,
  TotalDiskSpaceHi: amount,
  UpTimeSec: amount,
});
const Group = z.object({
  NZBID: amount,
  NZBName: text,
  Status: text,
  FileSizeLo: amount,
  FileSizeHi: amount,
  RemainingSizeLo: amount,
  RemainingSizeHi: amount,
});
const Entry = z.object({ Status: text, HistoryTime: amount });

/** NZBGet from 13 on: its JSON-RPC API; 24.2 wrote speeds in two halves. */
export async function readNzbget(context: Context, report: Report<typeof metrics>): Promise<Snapshot> {
  const ask = openNzbget(context);
  const version = await ask(z.string(), "version");
  const status = await ask(Status, "status");
  const groups = await ask(z.array(Group), "listgroups");
  const history = await readPart(context, report, () => ask(z.array(Entry), "history"));
  const newest = history?.toSorted((a, b) => (b.HistoryTime ?? 0) - (a.HistoryTime ?? 0));
  const free = joinHalves(status.FreeDiskSpaceHi, status.FreeDiskSpaceLo);
  const total = joinHalves(status.TotalDiskSpaceHi, status.TotalDiskSpaceLo);
  return {
    version,
    states: STATES,
    items: groups.map(describeGroup),
    downloadSpeed: joinHalves(status.DownloadRateHi, status.DownloadRateLo) ?? status.DownloadRate,
    downloadedBytes: joinHalves(status.DownloadedSizeHi, status.DownloadedSizeLo),
    // The setting's name: the path itself is told only together with passwords.
    disks: free === undefined ? [] : [{ path: "DestDir", freeBytes: free, capacityBytes: total || undefined }],
    paused: status.DownloadPaused,
    historyFailed: newest && failedAmong(newest, ({ Status }) => Status.startsWith("FAILURE")),
    facts: {
      ...(status.QuotaReached === undefined ? {} : { quotaReached: status.QuotaReached }),
      ...(status.UpTimeSec === undefined ? {} : { uptimeSeconds: status.UpTimeSec }),
    },
  };
}

function openNzbget(context: Context) {
  const { url, username = "", password = "", tls, headers } = context.config;
  const basic = Buffer.from(`${username}:${password}`).toString("base64");
  const api = openApi(context, {
    url,
    tls,
    maxBytes: MAX_BYTES,
    headers: { ...headers, ...(username === "" && password === "" ? {} : { authorization: `Basic ${basic}` }) },
  });
  const Answer = z.object({ result: z.unknown().optional(), error: z.object({ message: text }).nullish() });
  return async <T>(schema: z.ZodType<T>, method: string): Promise<T> => {
    const { result, error } = await api.read(Answer, `/jsonrpc/${method}`);
    // "Access denied" is answered 200 to the user who may only add downloads.
    if (error && /denied/i.test(error.message))
      throw new CollectError("permission", `NZBGet does not let this user ask for ${method}.`, {
        hint: "Use ControlUsername or RestrictedUsername: AddUsername may only add downloads.",
      });
    if (error)
      throw new CollectError("protocol", `NZBGet refused ${method}: ${printable(error.message.slice(0, 200))}.`);
    const parsed = schema.safeParse(result);
    if (parsed.success) return parsed.data;
    throw new CollectError("parse", `NZBGet answered ${method} in an unknown shape.`, { cause: parsed.error });
  };
}

function describeGroup(group: z.output<typeof Group>): Item {
  const size = joinHalves(group.FileSizeHi, group.FileSizeLo);
  const remaining = joinHalves(group.RemainingSizeHi, group.RemainingSizeLo);
  return {
    id: String(group.NZBID ?? ""),
    name: group.NZBName,
    state: stateOf(group.Status),
    progress: size && remaining !== undefined ? 1 - remaining / size : undefined,
    remainingBytes: remaining,
  };
}

function stateOf(status: string): State {
  switch (status) {
    case "DOWNLOADING":
    case "FETCHING":
      return "downloading";
    case "QUEUED":
      return "queued";
    case "PAUSED":
      return "paused";
    case "PP_QUEUED":
    case "LOADING_PARS":
    case "VERIFYING_SOURCES":
    case "REPAIRING":
    case "VERIFYING_REPAIRED":
    case "RENAMING":
    case "UNPACKING":
    case "MOVING":
    case "POST_UNPACK_RENAMING":
    case "EXECUTING_SCRIPT":
    case "PP_FINISHED":
      return "checking";
    default:
      return "other";
  }
}
