import type { Unity } from "./unity";

/** A run that starts later is late. */
const LATE_MS = 10_000;

/** Runs start when they are due, and of what is collected here more than half ran within twice its interval. */
export function isCollecting({
  instances,
  cluster,
  ledger,
  scheduler,
  clock,
}: Pick<Unity, "instances" | "cluster" | "ledger" | "scheduler" | "clock">): boolean {
  const held = instances.list().filter(({ id, enabled }) => enabled && cluster.holds(id));
  const now = clock.now();
  const fresh = held.filter(
    ({ id, intervalSeconds }) => now - (ledger.status(id).lastRunAt ?? 0) <= 2 * intervalSeconds * 1_000,
  );
  return scheduler.lateness() < LATE_MS && fresh.length > held.length / 2;
}
