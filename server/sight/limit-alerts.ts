import type { HistoryQuery } from "../alerts/book";
import { alertIsOver } from "../alerts/deeds";
import { nothingThere } from "../alerts/rule-book";
import type { Alert } from "../alerts/shapes/alert";
import type { Watched } from "../alerts/watched";
import type { Instance } from "../collect/instance";
import type { Unity } from "../unity";
import { limitOverride, limitRule } from "./limit-rules";
import type { Sight } from "./sight";

type Seen = Pick<Sight["instances"], "list" | "get">;

/** Alerts of what is seen, and the rules that watch it. What is done to others is refused as if they were over. */
export function limitAlerts(unity: Pick<Unity, "alerts" | "series" | "instances">, seen: Seen): Sight["alerts"] {
  const { alerts } = unity;
  const isSeen = ({ instanceId }: Pick<Alert, "instanceId">) => seen.get(instanceId) !== undefined;
  const standing = async () => (await alerts.standing()).filter(isSeen);
  /** @throws UnityError `not_found` */
  async function requireSeen(id: string): Promise<string> {
    const found = (await standing()).find((alert) => alert.id === id);
    if (!found) throw alertIsOver();
    return found.id;
  }
  const seriesOf = (instances: readonly Instance[]) => instances.flatMap(({ id }) => unity.series.ofInstance(id));

  function rules() {
    const instances = seen.list();
    return alerts.book.rules().flatMap((rule) => limitRule(rule, instances, seriesOf) ?? []);
  }

  function effective(given: Watched, labels: Alert["labels"]) {
    const instance = seen.get(given.id);
    if (!instance) return [];
    return alerts.effective(instance, labels).flatMap((one) => {
      const [rule, own] = [one.rule, one.own].map((each) => limitRule(each, [instance], seriesOf));
      return rule && own ? [{ ...one, rule, own }] : [];
    });
  }

  function overrides() {
    const known = new Map<string, ReadonlySet<string>>();
    const rulesOf = (instance: Instance) => {
      const ids = known.get(instance.id) ?? new Set(effective(instance, {}).map(({ rule }) => rule.id));
      known.set(instance.id, ids);
      return ids;
    };
    const others = unity.instances.list().filter(({ id }) => !seen.get(id));
    const places = { seen: seen.list(), others, rulesOf, seriesOf };
    return alerts.book.overrides().flatMap((override) => limitOverride(override, places) ?? []);
  }

  return {
    effective,
    open: () => alerts.open().filter(isSeen),
    standing,
    history: (query: HistoryQuery) => alerts.history({ ...query, instanceIds: seen.list().map(({ id }) => id) }),
    acknowledge: async (id, ack) => alerts.acknowledge(await requireSeen(id), ack),
    unacknowledge: async (id, by) => alerts.unacknowledge(await requireSeen(id), by),
    snooze: async (id, snooze) => alerts.snooze(await requireSeen(id), snooze),
    note: async (id, note) => alerts.note(await requireSeen(id), note),
    resolve: async (id, by) => alerts.resolve(await requireSeen(id), by),
    book: {
      rules,
      require(id) {
        const found = rules().find((rule) => rule.id === id);
        if (!found) throw nothingThere("rule");
        return found;
      },
      overrides,
    },
  };
}
