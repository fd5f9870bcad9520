import type { Unity } from "../unity";

export interface Readiness {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, { ok: boolean; detail: string }>>;
}

/** A run that starts later than this is late. */
const LATE_MS = 10_000;
/** An instance whose last run is older than three intervals and this is stale: the scheduler lost it. */
const STALE_GRACE_MS = 60_000;

/** Ready: the store answers, the scheduler is not late, no collection is stale. */
export async function readiness({
  store,
  scheduler,
  instances,
  ledger,
  clock,
  startedAt,
  registry,
  cluster,
  provisioner,
}: Unity): Promise<Readiness> {
  const answer = await store.ping().then(
    () => ({ ok: true, detail: "answers" }),
    (error: unknown) => ({ ok: false, detail: error instanceof Error ? error.message : String(error) }),
  );
  const late = scheduler.lateness();
  const now = clock.now();
  const stale = instances
    .list()
    // What other processes collect is their business.
    .filter((instance) => instance.enabled && registry.get(instance.plugin) && cluster.holds(instance.id))
    .filter((instance) => {
      const since = ledger.status(instance.id).lastRunAt ?? startedAt;
      return now - Math.max(since, startedAt, instance.updatedAt) > instance.intervalSeconds * 12_000 + STALE_GRACE_MS;
    });
  const checks: Record<string, { ok: boolean; detail: string }> = {
    store: answer,
    scheduler: { ok: late < LATE_MS, detail: `${late} ms late` },
    collection: {
      ok: stale.length === 0,
      detail:
        stale.length === 0
          ? "nothing stale"
          : // No names: whoever watches Unity need not be signed in.
            `${stale.length} stale`,
    },
  };
  // What was applied before stays, so that Unity is as ready as it was. Whoever watches Unity need not be signed in: no more is said.
  if (provisioner.problem() !== null)
    checks.provisioning = { ok: true, detail: "the files of the configuration are not applied" };
  return { ready: Object.values(checks).every(({ ok }) => ok), checks };
}
