import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import type { Labels } from "../../plugins/sdk/plugin";
import { createEngine } from "./engine";
import type { Lookback } from "./lookback";
import type { Alert } from "./shapes/alert";
import type { Override } from "./shapes/override";
import { type Rule, RuleDraft } from "./shapes/rule";
import type { SeriesName, Watched } from "./watched";

const SECOND = 1_000;
export const INSTANCE: Watched = {
  id: "i1",
  plugin: "disk",
  name: "disks",
  host: "nas",
  tags: [],
  intervalSeconds: 10,
  config: {},
};
/** Without a past: what is compared is the newest value. */
export const NO_PAST: Lookback = { push: () => undefined, read: (_, __, value) => value, forget: () => undefined };

export const rule = (more: Record<string, unknown>): Rule => ({
  ...RuleDraft.parse({
    name: "Rule",
    scope: { kind: "all" },
    parts: [{ kind: "value", metric: "used", is: "above", limit: 90 }],
    severity: "warning",
    summary: "{{value}}",
    ...more,
  }),
  id: "r1",
  origin: "person",
});

/** An engine over one instance, whose series are made as they come. */
export function watch(rules: readonly Rule[], overrides: readonly Override[] = [], lookback = NO_PAST) {
  const known: SeriesName[] = [];
  const lapsed: string[] = [];
  const dismissed = new Map<string, Alert>();
  let [now, errors] = [1_000_000 * SECOND, 0];
  const make = () =>
    createEngine({
      rules: () => rules,
      overrides: () => overrides,
      facts: (_, metric) => ({
        labels: metric === "used" ? ["mount"] : ["mount", "device"],
        isRate: false,
        staleMs: 30 * SECOND,
      }),
      series: (id) => known[id],
      ofInstance: () => known,
      latest: () => [],
      lookback,
      lastRunAt: () => null,
      newId: randomUUID,
      lapsed: (alert) => void lapsed.push(alert.id),
      undismissed: ({ id }) => expect(dismissed.delete(id)).toBe(true),
    });
  let engine = make();
  const idOf = (metric: string, labels: Labels) => {
    const found = known.find((one) => one.metric === metric && JSON.stringify(one.labels) === JSON.stringify(labels));
    if (found) return found.id;
    known.push({ id: known.length, metric, labels });
    return known.length - 1;
  };
  const tell = (failed: boolean, samples: readonly (readonly [string, Labels, number])[]) => {
    now += 10 * SECOND;
    errors = failed ? errors + 1 : 0;
    const series = samples.map(([metric, labels]) => idOf(metric, labels));
    const values = samples.map(([, , value]) => value);
    const changes = engine.evaluate({ instance: INSTANCE, at: now, series, values, failed, consecutiveErrors: errors });
    return changes.map(({ to, alert, cause }) => [to, ...Object.values(alert.labels), cause].join(" "));
  };
  return {
    run: (...samples: readonly (readonly [string, Labels, number])[]) => tell(false, samples),
    fail: (...samples: readonly (readonly [string, Labels, number])[]) => tell(true, samples),
    open: () => engine.open(),
    /** Alerts whose acknowledgement ended by itself. */
    lapsed: () => lapsed,
    engine: () => engine,
    now: () => now,
    /** Ends what is open, by hand. */
    dismiss() {
      for (const { id } of engine.open()) {
        const ended = engine.resolve(id, now);
        if (ended) dismissed.set(id, ended.alert);
      }
    },
    /** What a person ended, and was not over since. */
    dismissed: () => [...dismissed.keys()],
    restart() {
      const alerts: readonly Alert[] = JSON.parse(JSON.stringify([...engine.open(), ...dismissed.values()]));
      engine = make();
      engine.restore(alerts, now);
    },
  };
}

export const used = (mount: string, value: number) => ["used", { mount }, value] as const;
