import type { Difference } from "../../alerts/exchange";
import type { LookedConfig, Thing } from "../configuration";
import type { ConfigKind } from "../shapes";
import { keyOf } from "./compare-things";

/** The same look with nothing in it but these: what is added or changed, and what is removed. */
export function narrow(
  looked: LookedConfig,
  { apply, remove }: { readonly apply: ReadonlySet<string>; readonly remove: ReadonlySet<string> },
): LookedConfig {
  const of = <T extends { readonly id: string }>(kind: ConfigKind, difference: Difference<T>): Difference<T> => {
    const has = (set: ReadonlySet<string>, id: string) => set.has(keyOf({ kind, id } satisfies Thing));
    return {
      ...difference,
      added: difference.added.filter(({ id }) => has(apply, id)),
      changed: difference.changed.filter(({ to }) => has(apply, to.id)),
      missing: difference.missing.filter(({ id }) => has(remove, id)),
    };
  };
  const { alerts } = looked;
  const routes = of("route", alerts.routes);
  const gone = new Set(routes.missing.map(({ id }) => id));
  const narrowed = {
    rules: of("rule", alerts.rules),
    overrides: of("override", alerts.overrides),
    channels: of("channel", alerts.channels),
    routes: { ...routes, order: alerts.routes.order.filter((id) => !gone.has(id)) },
    silences: of("silence", alerts.silences),
  };
  const touched = (Object.keys(narrowed) as (keyof typeof narrowed)[]).filter((part) => {
    const { added, changed, missing } = narrowed[part];
    return added.length + changed.length + missing.length > 0;
  });
  return {
    instances: of("instance", looked.instances),
    parents: of("parents", looked.parents),
    settings: of("setting", looked.settings),
    alerts: { ...alerts, ...narrowed, parts: new Set(touched) },
    notes: looked.notes,
  };
}
