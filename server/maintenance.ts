import { schedule } from "node-cron";
import { messageOf } from "./errors";
import type { Retention } from "./metrics/store";
import type { Unity } from "./unity";

const DAY_MS = 86_400_000;
export const RETENTION: Retention = { rawMs: 30 * DAY_MS, hourlyMs: 365 * DAY_MS, dailyMs: 5 * 365 * DAY_MS };
const RUNS_MS = 7 * DAY_MS;

/** What is due by the calendar: rollups every five minutes, and at night what has grown too old. The answer stops it. */
export function startMaintenance({
  store,
  ledger,
  clock,
  log,
}: Pick<Unity, "store" | "ledger" | "clock" | "log">): () => void {
  const tasks = [
    task("rollup", "*/5 * * * *", () => store.rollUp(clock.now())),
    task("retention", "17 3 * * *", async () => {
      const rows = await store.prune(clock.now(), RETENTION);
      await ledger.prune(clock.now() - RUNS_MS);
      log.info({ rows }, "old samples and runs are gone");
    }),
  ];
  return () => {
    for (const one of tasks) void one.stop();
  };

  function task(name: string, expression: string, work: () => Promise<void>) {
    const guarded = () =>
      work().catch((error: unknown) => log.error({ task: name, error: messageOf(error) }, "maintenance failed"));
    return schedule(expression, guarded, { name, noOverlap: true });
  }
}
