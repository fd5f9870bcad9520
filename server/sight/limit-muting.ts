import type { Alert } from "../alerts/shapes/alert";
import type { Rule } from "../alerts/shapes/rule";
import type { MutedBy } from "../alerts/shapes/silence";
import type { Kept } from "../alerts/silence-book";
import type { Instance } from "../collect/instance";
import type { Unity } from "../unity";
import { limitSilence, NEUTRAL_NAMES } from "./limit-silence";
import type { Sight } from "./sight";

type Parts = Pick<Unity, "muting" | "instances" | "series" | "alerts">;
type Seen = Pick<Sight["instances"], "list" | "get">;

/**
 * What is silent of what is seen, and why. That something which is not seen is down is not said: what hangs on nothing else is shown as
 * firing, which it is.
 */
export function limitMuting(
  { muting, instances, series, alerts: { open } }: Parts,
  seen: Seen,
  alerts: Pick<Sight["alerts"], "effective">,
): Sight["muting"] {
  const isSeen = ({ id }: { readonly id: string }) => seen.get(id) !== undefined;

  function limit(silences: readonly Kept[]): Kept[] {
    const known = new Map<string, readonly Rule[]>();
    const places = {
      seen: seen.list(),
      others: instances.list().filter((one) => !isSeen(one)),
      rulesOf(instance: Instance) {
        const rules = known.get(instance.id) ?? alerts.effective(instance, {}).map(({ rule }) => rule);
        known.set(instance.id, rules);
        return rules;
      },
      seriesOf: ({ id }: Instance) => series.ofInstance(id),
    };
    return silences.flatMap(({ silence, window }) => {
      const limited = limitSilence(silence, places);
      return limited ? [{ silence: limited, window }] : [];
    });
  }

  /** By the name that is shown of it. */
  function rename(by: MutedBy): MutedBy {
    if (by.kind === "parent") return by;
    const [kept] = limit(muting.silences.all().filter(({ silence }) => silence.id === by.id));
    return { ...by, name: kept?.silence.name ?? NEUTRAL_NAMES[by.kind] };
  }

  /** Whether it is muted is found among all. Where what it hangs on is not seen, what it hangs on besides may be. */
  function mutedAmong(given: readonly Alert[], now: number): ReadonlyMap<string, MutedBy> {
    const mine = new Map(given.filter(({ instanceId: id }) => isSeen({ id })).map((alert) => [alert.id, alert]));
    const all = [...mine.values(), ...open().filter(({ id }) => !mine.has(id))];
    const isSeenAlert = (id: string) => all.some((alert) => alert.id === id && isSeen({ id: alert.instanceId }));
    const among = muting.mutedAmong([...mine.values()], now);
    return new Map(
      [...muting.mutedAmong(all, now)].flatMap(([id, by]) => {
        if (!mine.has(id)) return [];
        const shown = by.kind === "parent" && !isSeenAlert(by.id) ? among.get(id) : by;
        return shown ? [[id, rename(shown)] as const] : [];
      }),
    );
  }

  return {
    silences: { all: () => limit(muting.silences.all()) },
    parents: {
      get() {
        const hosts = new Set(seen.list().map(({ host }) => host));
        const isThere = (id: string) => isSeen({ id });
        return muting.parents
          .get()
          .filter(
            ({ child, parent }) =>
              isThere(parent) && (child.kind === "host" ? hosts.has(child.host) : isThere(child.instance)),
          );
      },
    },
    mutedBy: (alert, now) => mutedAmong([alert, ...open()], now).get(alert.id) ?? null,
    mutedAmong,
    pausedBy(id, now) {
      const by = isSeen({ id }) ? muting.pausedBy(id, now) : null;
      return by && rename(by);
    },
  };
}
