import { z } from "zod";
import { type Report, readPart, readPartEvery, toLabel } from "../sdk";
import { askBorg, borgFailure, readBorg } from "./borg";
import { countBorgLocks } from "./borg-locks";
import { borgVersion } from "./borg-version";
import { freeSpace } from "./free-space";
import type { Check, Job, Read } from "./job";
import type { metrics } from "./metrics";
import { nameJob } from "./names";
import { parseTime } from "./parse-time";
import { readPartOnce } from "./read-part-once";
import { CHECK_MS, type Context, parseJson, STATS_MS, unknownShape } from "./run-tool";
import { changeOf, keepSizes, recallSizes } from "./sizes";

type Reported = Report<typeof metrics>;

const count = z.number().nonnegative().optional().catch(undefined);
const Archive = z.object({
  name: z.string(),
  id: z.string(),
  start: z.string().optional(),
  time: z.string().optional(),
});
type Archive = z.output<typeof Archive>;
const Archives = z.object({
  archives: z.array(Archive),
  encryption: z.object({ mode: z.string() }).optional().catch(undefined),
});
const Info = z.object({
  archives: z.array(
    z.object({
      id: z.string(),
      duration: count,
      stats: z.object({ original_size: count, deduplicated_size: count, nfiles: count }).optional().catch(undefined),
    }),
  ),
  cache: z
    .object({ stats: z.object({ unique_csize: count }).optional() })
    .optional()
    .catch(undefined),
});
/** What was found out about one archive. */
interface Details {
  readonly id: string;
  readonly durationSeconds: number | undefined;
  readonly addedBytes: number | undefined;
  readonly files: number | undefined;
}

/** Six sizes: the newest and five that make what is usual. */
const LAST = "6";
const SHOWN = 20;
/** borg looks at as much of the repository as it can in this time, and goes on there the next time. Seconds. */
const CHECK_SECONDS = 240;

/** A repository of borg: its newest archive is the last success. */
export async function readBorgRepository(context: Context, report: Reported): Promise<Read> {
  const { text: version, major } = await borgVersion(context);
  const name = nameJob(context.config);
  const { archives, encryption } = await listArchives(context, major);
  const newest = archives.at(-1);
  await measure(context, report, { name, newest, major });
  const locks = await readPart(context, report, () => countBorgLocks(context));
  const startedAt = newest && timeOf(newest);
  const details = context.memory.recall<Details>("details")?.value;
  const sizes = recallSizes(context, name);
  const job: Job = {
    name,
    type: "borg",
    isReachable: true,
    lastSuccessAt: startedAt,
    lastRunAt: startedAt,
    snapshots: archives.length,
    ...(newest && details?.id === newest.id ? details : {}),
    ...(newest && sizes.at(-1)?.id === newest.id
      ? { sizeBytes: sizes.at(-1)?.bytes, sizeChangeRatio: changeOf(sizes.map(({ bytes }) => bytes)) }
      : {}),
    repositoryBytes: context.memory.recall<number>("repositoryBytes")?.value,
    freeBytes: await freeSpace(context, context.config.repository),
    locks,
    check: await checkRepository(context, report, locks),
  };
  const shown = archives.slice(-SHOWN).reverse();
  return {
    jobs: [job],
    truncated: false,
    facts: { version, encryption: toLabel(encryption?.mode ?? "") },
    lists: {
      archives: shown.map((one) => ({ archive: toLabel(one.name), time: toLabel(one.start ?? one.time ?? "") })),
    },
  };
}

/** Oldest first. borg 2 has given reading without a lock up, and matches names in another way. */
async function listArchives(context: Context, major: number): Promise<z.output<typeof Archives>> {
  const { globArchives } = context.config.filters;
  const [verb, filter] = major >= 2 ? ["repo-list", "--match-archives=sh:"] : ["list", "--glob-archives="];
  const only = globArchives === undefined ? [] : [`${filter}${globArchives}`];
  const printed = await readBorg(context, [verb, "--json", "--log-json", ...withoutLock(major), ...only]);
  const parsed = Archives.safeParse(parseJson("borg", printed));
  if (!parsed.success) throw unknownShape("borg");
  const archives = [...parsed.data.archives].sort((a, b) => (timeOf(a) ?? 0) - (timeOf(b) ?? 0));
  return { ...parsed.data, archives };
}

const withoutLock = (major: number) => (major >= 2 ? [] : ["--bypass-lock"]);
const timeOf = ({ start, time }: Archive) => parseTime(start ?? time);

/** borg must fetch what every new archive is made of, so this is done once for each newest archive. */
async function measure(
  context: Context,
  report: Reported,
  { name, newest, major }: { name: string; newest: Archive | undefined; major: number },
): Promise<void> {
  const { statsIntervalSeconds: seconds, filters } = context.config;
  if (seconds === 0 || newest === undefined) return;
  await readPartOnce(context, report, { key: "info", id: newest.id, retrySeconds: seconds }, async () => {
    const filter = major >= 2 ? "--match-archives=sh:" : "--glob-archives=";
    const only = filters.globArchives === undefined ? [] : [`${filter}${filters.globArchives}`];
    const args = ["info", "--json", "--log-json", ...withoutLock(major), "--last", LAST, ...only];
    const parsed = Info.safeParse(parseJson("borg", await readBorg(context, args, STATS_MS)));
    if (!parsed.success) throw unknownShape("borg info");
    const { archives, cache } = parsed.data;
    if (cache?.stats?.unique_csize !== undefined) context.memory.keep("repositoryBytes", cache.stats.unique_csize);
    const sized = archives.flatMap(({ id, stats }) =>
      stats?.original_size === undefined ? [] : [{ id, bytes: stats.original_size }],
    );
    keepSizes(context, name, sized);
    const last = archives.find(({ id }) => id === newest.id);
    const details = { id: newest.id, durationSeconds: last?.duration, addedBytes: last?.stats?.deduplicated_size };
    context.memory.keep("details", { ...details, files: last?.stats?.nfiles } satisfies Details);
  });
}

/** Not while a backup runs: both would lock each other out. */
async function checkRepository(context: Context, report: Reported, locks: Job["locks"]): Promise<Check | undefined> {
  const { checkIntervalSeconds: seconds } = context.config;
  if (seconds > 0 && (locks === undefined || locks.active + locks.stale === 0)) {
    await readPartEvery(context, report, { key: "check", seconds }, async () => {
      const args = ["check", "--repository-only", "--max-duration", String(CHECK_SECONDS), "--log-json"];
      const answer = await askBorg(context, args, { timeoutMs: CHECK_MS, nice: true });
      const isDamaged = answer.code !== 0 && /problems found|errors found|integrity/i.test(answer.stderr);
      if (answer.code !== 0 && !isDamaged) throw borgFailure(context, answer);
      context.memory.keep("check", { ok: !isDamaged, at: context.now } satisfies Check);
    });
  }
  return context.memory.recall<Check>("check")?.value;
}
