import { z } from "zod";
import { CollectError, openApi, parseAnswer, parseSamples, placeOf, type Sample, toLabel } from "../sdk";
import { type Context, type Facts, type Reported, reportDisk, secondsOf } from "./program";

const MAX_BYTES = 4 * 1_024 * 1_024;
const COUNT = "photoprism_statistics_media_count";
const USAGE = "photoprism_usage_files_bytes";
const BUILD = "photoprism_build_info";

const Status = z.object({ status: z.string() });

/** PhotoPrism's words for kinds of media. "all" and "media" are sums of them. */
const KINDS: Readonly<Record<string, string>> = {
  photos: "photo",
  videos: "video",
  live: "live",
  animated: "animated",
  audio: "audio",
  documents: "document",
};

/** PhotoPrism: its status needs no login, all else is on its page of metrics. */
export async function readPhotoprism(context: Context, report: Reported): Promise<Facts> {
  const { url, accessToken = "", tls, headers } = context.config;
  const open = (more: Record<string, string>) =>
    openApi(context, { url, tls, maxBytes: MAX_BYTES, headers: { ...headers, ...more }, refusals: REFUSALS });
  const hello = await open({}).ask("/api/v1/status");
  const { status } = parseAnswer(Status, hello);
  report("photos_response_duration_seconds", secondsOf(hello));
  const page = await open({ authorization: `Bearer ${accessToken}` }).ask("/api/v1/metrics", {
    headers: { accept: "text/plain" },
  });
  const samples = parseSamples(page.body, placeOf(page.url), (name) => name.startsWith("photoprism_"));
  if (!samples.some(({ name }) => name === COUNT || name === BUILD))
    throw new CollectError("parse", `${placeOf(page.url)} has no metrics of PhotoPrism.`);
  const { version = "", edition = "" } = samples.find(({ name }) => name === BUILD)?.labels ?? {};
  report("photos_info", 1, { type: "photoprism", version: toLabel(version) });
  reportCounts(report, samples);
  reportUsage(report, samples);
  return { version: toLabel(version), edition: toLabel(edition), status: toLabel(status) };
}

const REFUSALS = {
  401: { reason: "auth" },
  403: { reason: "permission", hint: 'Make the app password with the scope "metrics" as an administrator.' },
  404: { reason: "not_found", hint: "Check the address; PhotoPrism has a page of metrics since November 2023." },
} as const;

function reportCounts(report: Reported, samples: readonly Sample[]): void {
  const counts = new Map(samples.filter(({ name }) => name === COUNT).map(({ labels, value }) => [labels.stat, value]));
  for (const [stat, kind] of Object.entries(KINDS)) {
    const count = counts.get(stat);
    if (count !== undefined) report("photos_assets", count, { kind });
  }
  const others = [
    ["photos_albums", counts.get("albums")],
    ["photos_folders", counts.get("folders")],
    ["photos_files", counts.get("files")],
  ] as const;
  for (const [metric, count] of others) if (count !== undefined) report(metric, count);
}

/** Newer versions tell the space, of the disk or of the quota that is set. */
function reportUsage(report: Reported, samples: readonly Sample[]): void {
  const bytes = new Map(samples.filter(({ name }) => name === USAGE).map(({ labels, value }) => [labels.state, value]));
  const used = bytes.get("used");
  if (used !== undefined && used > 0) report("photos_usage_bytes", used, { kind: "all" });
  reportDisk(report, { size: bytes.get("total"), free: bytes.get("free"), used });
}
