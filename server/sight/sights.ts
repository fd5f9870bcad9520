import { createAssist } from "../assist/assist";
import { sees, type Visitor } from "../auth/visitor";
import type { Instance } from "../collect/instance";
import { noInstance } from "../collect/instances";
import { unknownStatus } from "../collect/status";
import type { Unity } from "../unity";
import { limitAlerts } from "./limit-alerts";
import { limitMuting } from "./limit-muting";
import type { Sight, SightParts } from "./sight";

/** Each keeps an hour of what its page draws; who sees the same tags shares one. */
const MOST_KEPT = 32;

/** What a visitor sees. Whoever sees everything is handed Unity itself, at no cost. */
export type SeenBy = (visitor: Pick<Visitor, "tags">) => Sight;

export function createSights(unity: Omit<Unity, "seenBy">): SeenBy {
  const kept = new Map<string, Sight>();
  return ({ tags }) => {
    if (tags === null) return unity;
    const key = JSON.stringify([...tags].sort());
    const sight = kept.get(key) ?? limit(unity, tags);
    // The ones that were asked for last stay.
    kept.delete(key);
    kept.set(key, sight);
    for (const oldest of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(oldest);
    return sight;
  };
}

/** Tags are looked at each time, because they change. */
function limit(unity: Omit<Unity, "seenBy">, tags: readonly string[]): Sight {
  const get = (id: string): Instance | undefined => {
    const instance = unity.instances.get(id);
    return instance && sees({ tags }, instance.tags) ? instance : undefined;
  };
  const isSeen = (id: string) => get(id) !== undefined;
  const seen = { get, list: () => unity.instances.list().filter((one) => sees({ tags }, one.tags)) };
  const alerts = limitAlerts(unity, seen);
  const parts: SightParts = {
    registry: unity.registry,
    clock: unity.clock,
    get localHost() {
      return seen.list().some(({ host }) => host === unity.localHost) ? unity.localHost : "";
    },
    instances: {
      ...seen,
      require(id) {
        const instance = get(id);
        if (!instance) throw noInstance();
        return instance;
      },
    },
    ledger: limitLedger(unity, isSeen),
    ...limitSamples(unity, isSeen),
    cluster: { holds: (id) => isSeen(id) && unity.cluster.holds(id) },
    alerts,
    muting: limitMuting(unity, seen, alerts),
  };
  return {
    ...parts,
    describe: unity.describe.of(parts),
    assist: createAssist(parts, unity.assist.mayAct),
    bus: { listen: (signal, instances) => unity.bus.listen(signal, instances, isSeen) },
    runNow: (instance) => isSeen(instance.id) && unity.runNow(instance),
  };
}

type IsSeen = (instanceId: string) => boolean;

const limitLedger = ({ ledger, clock }: Pick<Unity, "ledger" | "clock">, isSeen: IsSeen): Sight["ledger"] => ({
  status: (id) => (isSeen(id) ? ledger.status(id) : unknownStatus(id, clock.now())),
  strip: (id) => (isSeen(id) ? ledger.strip(id) : []),
  runs: async (id, limit) => (isSeen(id) ? ledger.runs(id, limit) : []),
  failedRuns: ({ instanceIds, ...query }) =>
    ledger.failedRuns({ ...query, instanceIds: instanceIds.filter((id) => isSeen(id)) }),
  inventory: async (id) => (isSeen(id) ? ledger.inventory(id) : undefined),
});

function limitSamples({ series, store, rates }: Pick<Unity, "series" | "store" | "rates">, isSeen: IsSeen) {
  const get: Sight["series"]["get"] = (id) => {
    const facts = series.get(id);
    return facts && isSeen(facts.instanceId) ? facts : undefined;
  };
  const only = (ids: readonly number[]) => ids.filter((id) => get(id) !== undefined);
  return {
    rates: { total: (id, key) => (isSeen(id) ? rates.total(id, key) : undefined) } satisfies Sight["rates"],
    series: { get, ofInstance: (id) => (isSeen(id) ? series.ofInstance(id) : []) } satisfies Sight["series"],
    store: {
      latest: (ids) => store.latest(only(ids)),
      range: (query) => store.range({ ...query, series: only(query.series) }),
      top: (query) => store.top({ ...query, series: only(query.series) }),
    } satisfies Sight["store"],
  };
}
