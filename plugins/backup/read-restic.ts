import { z } from "zod";
import { CollectError, type Report, readPart, readPartEvery, toLabel } from "../sdk";
import type { Config } from "./config";
import { freeSpace } from "./free-space";
import type { Check, Job, Read } from "./job";
import type { metrics } from "./metrics";
import { nameJob } from "./names";
import { parseTime } from "./parse-time";
import { readPartOnce } from "./read-part-once";
import { askRestic, checkRestic, readRestic, refusalOf } from "./restic";
import { type Context, parseJson, STATS_MS, unknownShape } from "./run-tool";
import { changeOf, keepSizes, recallSizes } from "./sizes";

type Reported = Report<typeof metrics>;

const count = z.number().nonnegative().optional().catch(undefined);
const Snapshot = z.object({
  id: z.string(),
  short_id: z.string().optional(),
  time: z.string(),
  hostname: z.string().optional().catch(undefined),
  paths: z.array(z.string()).nullish().catch(undefined),
  tags: z.array(z.string()).nullish().catch(undefined),
  /** restic 0.17 and later. */
  summary: z
    .object({
      backup_start: z.string().optional(),
      backup_end: z.string().optional(),
      total_files_processed: count,
      total_bytes_processed: count,
      data_added: count,
    })
    .optional()
    .catch(undefined),
});
type Snapshot = z.output<typeof Snapshot>;
const Snapshots = z.array(Snapshot).nullable();
const Stats = z.object({ total_size: z.number(), total_file_count: count });
const Lock = z.object({ time: z.string() });

/** A restic that works renews its lock every five minutes, and takes one of half an hour for dead. */
const STALE_MS = 1_800_000;
const MAX_LOCKS = 10;
const SHOWN = 20;
/** What `restic check` says of a repository that is damaged. */
const DAMAGE = /contains errors|error for tree|pack \w+: (does not exist|unexpected)/i;
const TIMED_OUT = 124;

/** A repository of restic: its newest snapshot is the last success. */
export async function readRepository(context: Context, report: Reported): Promise<Read> {
  const name = nameJob(context.config);
  const snapshots = await listSnapshots(context);
  const newest = snapshots.at(-1);
  const locks = await readPart(context, report, () => countLocks(context));
  await measure(context, report, name, newest);
  const job: Job = {
    name,
    type: "restic",
    isReachable: true,
    lastSuccessAt: newest && parseTime(newest.time),
    snapshots: snapshots.length,
    ...describeLast(newest),
    ...sizeOf(context, name, snapshots),
    repositoryBytes: context.memory.recall<number>("repositoryBytes")?.value,
    freeBytes: await freeSpace(context, context.config.repository),
    locks,
    check: await checkRepository(context, report, locks),
  };
  return {
    jobs: [job],
    truncated: false,
    facts: {},
    lists: { snapshots: snapshots.slice(-SHOWN).reverse().map(describeSnapshot) },
  };
}

/** Oldest first. */
async function listSnapshots(context: Context): Promise<Snapshot[]> {
  const printed = await readRestic(context, ["snapshots", "--json", "--no-lock", ...filterArguments(context.config)]);
  const parsed = Snapshots.safeParse(parseJson("restic", printed));
  if (!parsed.success) throw unknownShape("restic");
  return [...(parsed.data ?? [])].sort((a, b) => (parseTime(a.time) ?? 0) - (parseTime(b.time) ?? 0));
}

/** Behind an equals sign, so that a value that begins with a dash is no option. */
const filterArguments = ({ filters: { host, tags, paths } }: Config): string[] => [
  ...(host === undefined ? [] : [`--host=${host}`]),
  ...(tags.length === 0 ? [] : [`--tag=${tags.join(",")}`]),
  ...paths.map((path) => `--path=${path}`),
];

function describeLast(newest: Snapshot | undefined): Partial<Job> {
  const { backup_start, backup_end, data_added, total_files_processed } = newest?.summary ?? {};
  const [start, end] = [parseTime(backup_start), parseTime(backup_end)];
  return {
    lastRunAt: start ?? (newest && parseTime(newest.time)),
    durationSeconds: start === undefined || end === undefined ? undefined : (end - start) / 1_000,
    addedBytes: data_added,
    files: total_files_processed,
  };
}

/** What is costly. Older snapshots do not say how large they are: then the newest is added up once. */
async function measure(context: Context, report: Reported, name: string, newest: Snapshot | undefined): Promise<void> {
  const seconds = context.config.statsIntervalSeconds;
  if (seconds === 0 || newest === undefined) return;
  const stats = async (...args: string[]) => {
    const printed = await readRestic(context, ["stats", "--json", "--no-lock", "--mode", ...args], STATS_MS);
    const parsed = Stats.safeParse(parseJson("restic", printed));
    if (!parsed.success) throw unknownShape("restic stats");
    return parsed.data;
  };
  await readPartEvery(context, report, { key: "stats", seconds }, async () => {
    context.memory.keep("repositoryBytes", (await stats("raw-data")).total_size);
  });
  const isKnown =
    newest.summary?.total_bytes_processed !== undefined ||
    recallSizes(context, name).some(({ id }) => id === newest.id);
  if (isKnown || !/^[0-9a-f]+$/.test(newest.id)) return;
  await readPartOnce(context, report, { key: "size", id: newest.id, retrySeconds: seconds }, async () => {
    keepSizes(context, name, [{ id: newest.id, bytes: (await stats("restore-size", newest.id)).total_size }]);
  });
}

/** From the snapshots themselves where they say it, else from what was measured of them. */
function sizeOf(
  context: Context,
  name: string,
  snapshots: readonly Snapshot[],
): Pick<Job, "sizeBytes" | "sizeChangeRatio"> {
  const measured = new Map(recallSizes(context, name).map(({ id, bytes }) => [id, bytes]));
  const sizes = snapshots.map(({ id, summary }) => summary?.total_bytes_processed ?? measured.get(id));
  const sizeBytes = sizes.at(-1);
  if (sizeBytes === undefined) return {};
  return { sizeBytes, sizeChangeRatio: changeOf(sizes.filter((bytes) => bytes !== undefined)) };
}

async function countLocks(context: Context): Promise<{ stale: number; active: number }> {
  const printed = await readRestic(context, ["list", "locks", "--no-lock"]);
  const ids = printed.split("\n").filter((line) => /^[0-9a-f]{64}$/.test(line));
  let stale = 0;
  for (const id of ids.slice(0, MAX_LOCKS)) {
    const answer = await askRestic(context, ["cat", "lock", id, "--no-lock"]);
    // One that was released meanwhile is neither.
    const parsed = answer.code === 0 ? Lock.safeParse(parseJson("restic", answer.stdout)) : undefined;
    const at = parsed?.success ? parseTime(parsed.data.time) : undefined;
    if (at !== undefined && context.now - at > STALE_MS) stale += 1;
  }
  return { stale, active: ids.length - stale };
}

/** Not while a backup runs: both would lock each other out. */
async function checkRepository(context: Context, report: Reported, locks: Job["locks"]): Promise<Check | undefined> {
  const { checkIntervalSeconds: seconds } = context.config;
  if (seconds > 0 && locks?.active === 0) {
    await readPartEvery(context, report, { key: "check", seconds }, async () => {
      const answer = await checkRestic(context);
      const isDamaged = answer.code !== 0 && DAMAGE.test(answer.stderr);
      if (answer.code === TIMED_OUT && !isDamaged)
        throw new CollectError("timeout", "restic check was not done in four minutes.", {
          hint: "Run it by cron, and let a job of kind script say how it went.",
        });
      if (answer.code !== 0 && !isDamaged) throw refusalOf(context, answer);
      context.memory.keep("check", { ok: !isDamaged, at: context.now } satisfies Check);
    });
  }
  return context.memory.recall<Check>("check")?.value;
}

const describeSnapshot = ({ id, short_id, time, hostname, paths, tags, summary }: Snapshot) => ({
  snapshot: toLabel(short_id ?? id.slice(0, 8)),
  time: toLabel(time),
  host: toLabel(hostname ?? ""),
  paths: toLabel((paths ?? []).join(" ")),
  tags: toLabel((tags ?? []).join(" ")),
  bytes: summary?.total_bytes_processed ?? null,
});
