import { z } from "zod";
import { CollectError, type HttpApi, labelItems, openApi, parseAnswer, readPart, toLabel } from "../sdk";
import { compareVersions } from "./compare-versions";
import { readImmichQueues } from "./immich-queues";
import { amount, text } from "./parse";
import { type Context, type Facts, type Reported, reportDisk, secondsOf } from "./program";

const Ping = z.object({ res: z.string() });
const Version = z.object({ major: z.int(), minor: z.int(), patch: z.int() });
const Sums = { photos: amount, videos: amount, usage: amount, usagePhotos: amount, usageVideos: amount };
const Statistics = z.object({
  ...Sums,
  usageByUser: z.array(z.object({ ...Sums, userId: text, userName: text, quotaSizeInBytes: amount })).nullish(),
});
type Statistics = z.output<typeof Statistics>;
const Storage = z.object({ diskSizeRaw: amount, diskUseRaw: amount, diskAvailableRaw: amount });
const Check = z.object({ releaseVersion: text });

/** Immich 1 and 2: its OpenAPI description. Paths began with /server-info until 1.107. */
export async function readImmich(context: Context, report: Reported): Promise<Facts> {
  const { url, apiKey = "", tls, headers } = context.config;
  const base = url.replace(/\/+$/, "");
  const api = openApi(context, {
    url: base.endsWith("/api") ? base : `${base}/api`,
    tls,
    headers: { ...headers, "x-api-key": apiKey },
    refusals: {
      403: {
        reason: "permission",
        hint: "Give the key the permissions named in the README; statistics want an administrator's.",
      },
    },
  });
  const root = await findRoot(api, report);
  const { major, minor, patch } = await api.read(Version, `${root}/version`);
  const version = `${major}.${minor}.${patch}`;
  report("photos_info", 1, { type: "immich", version });

  // A key may lack permissions for some, but one that is not taken at all fails the run.
  const part = <T>(read: () => Promise<T>) => readPart(context, report, read, { fatal: ["auth"] });
  await part(async () => reportStatistics(context, report, await api.read(Statistics, `${root}/statistics`)));
  await part(async () => {
    const storage = await api.ask(`${root}/storage`, { accept: [404] });
    // Before 1.107 it was the answer of /server-info itself.
    const disk = storage.status === 404 ? await api.read(Storage, root) : parseAnswer(Storage, storage);
    reportDisk(report, { size: disk.diskSizeRaw, free: disk.diskAvailableRaw, used: disk.diskUseRaw });
  });
  await part(() => readImmichQueues(api, report));
  const newest = await part(() => readNewest(api, root));
  const isNewer = newest === undefined ? undefined : compareVersions(newest, version);
  if (isNewer !== undefined) report("photos_update_available", isNewer > 0 ? 1 : 0);
  return { version, ...(newest === undefined ? {} : { newestVersion: toLabel(newest) }) };
}

/** Where the pages about the server are. Asking needs no key, so that a wrong one is told apart from a wrong address. */
async function findRoot(api: HttpApi, report: Reported): Promise<string> {
  for (const root of ["/server", "/server-info"]) {
    const answer = await api.ask(`${root}/ping`, { accept: [404] });
    if (answer.status === 404) continue;
    if (parseAnswer(Ping, answer).res !== "pong") break;
    report("photos_response_duration_seconds", secondsOf(answer));
    return root;
  }
  throw new CollectError("not_found", `${api.base} does not answer as Immich does.`);
}

/** Undefined where Immich does not look for newer versions, or does not tell. */
async function readNewest(api: HttpApi, root: string): Promise<string | undefined> {
  const answer = await api.ask(`${root}/version-check`, { accept: [404] });
  if (answer.status === 404) return undefined;
  return parseAnswer(Check, answer).releaseVersion || undefined;
}

function reportStatistics({ config }: Context, report: Reported, sums: Statistics): void {
  const { photos, videos, usage, usagePhotos, usageVideos, usageByUser } = sums;
  if (photos !== undefined) report("photos_assets", photos, { kind: "photo" });
  if (videos !== undefined) report("photos_assets", videos, { kind: "video" });
  if (usagePhotos !== undefined) report("photos_usage_bytes", usagePhotos, { kind: "photo" });
  if (usageVideos !== undefined) report("photos_usage_bytes", usageVideos, { kind: "video" });
  if (usagePhotos === undefined && usageVideos === undefined && usage !== undefined)
    report("photos_usage_bytes", usage, { kind: "all" });

  const users = labelItems(usageByUser ?? [], { name: ({ userName }) => userName, id: ({ userId }) => userId });
  const shown = new Map(users.slice(0, config.maxItems).map(({ label, item }) => [label, item]));
  report("photos_users_truncated", users.length > config.maxItems ? 1 : 0);
  for (const [user, own] of shown) {
    if (own.usage !== undefined) report("photos_user_usage_bytes", own.usage, { user });
    if (own.photos !== undefined || own.videos !== undefined)
      report("photos_user_assets", (own.photos ?? 0) + (own.videos ?? 0), { user });
    if (own.quotaSizeInBytes !== undefined) report("photos_user_quota_bytes", own.quotaSizeInBytes, { user });
  }
}
