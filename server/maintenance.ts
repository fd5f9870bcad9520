import { schedule } from "node-cron";
import { messageOf } from "./errors";
import type { Unity } from "./unity";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** By then most of the day that ended was written by itself, series by series; at midnight everything would be at once. */
const ROLL_UP_AFTER_MS = 3 * HOUR_MS;

type Pruned = Pick<Unity, "retention" | "ledger" | "alerts" | "muting" | "notifier" | "accounts" | "audit" | "clock">;

/** Takes out what is too old of everything that grows by itself beside samples. */
export async function pruneBeside({
  retention,
  ledger,
  alerts,
  muting,
  notifier,
  accounts,
  audit,
  clock,
}: Pruned): Promise<void> {
  const { runsDays, alertsDays, auditDays } = retention.get();
  const before = clock.now() - alertsDays * DAY_MS;
  await ledger.prune(clock.now() - runsDays * DAY_MS);
  await alerts.prune(before);
  await muting.silences.prune(before);
  await notifier.prune(before);
  await accounts.sessions.prune();
  await audit.prune(clock.now() - auditDays * DAY_MS);
}

/** What is due by the calendar: rollups every five minutes, and at night what has grown too old. The answer stops it. */
export function startMaintenance({
  store,
  keeper,
  clock,
  log,
  cluster,
  ...beside
}: Omit<Pruned, "clock"> & Pick<Unity, "store" | "keeper" | "clock" | "log" | "cluster">): () => void {
  const tasks = [
    task("rollup", "*/5 * * * *", () => store.rollUp(clock.now() - ROLL_UP_AFTER_MS)),
    task("retention", "17 3 * * *", async () => {
      const rows = await keeper.prune();
      await pruneBeside({ ...beside, clock });
      log.info({ rows }, "old samples, runs and alerts are gone");
    }),
  ];
  return () => {
    for (const one of tasks) void one.stop();
  };

  function task(name: string, expression: string, work: () => Promise<void>) {
    // Of several processes the one that leads does it for all.
    const guarded = async () =>
      cluster.leads() &&
      work().catch((error: unknown) => log.error({ task: name, error: messageOf(error) }, "maintenance failed"));
    return schedule(expression, guarded, { name, noOverlap: true });
  }
}
