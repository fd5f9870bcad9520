import type { Clock } from "../clock";
import type { Connection } from "../db/database";
import { createLog } from "../log";
import { openAlerts } from "./alerts";
import type { Absence } from "./ghosts";
import type { Transition } from "./shapes/alert";
import type { Watched } from "./watched";

const SERIES = Array.from({ length: 3 }, (_, id) => ({ id, metric: "used", labels: { mount: `/${id}` } }));
export const INSTANCE: Watched = {
  id: "i1",
  plugin: "none",
  name: "disks",
  host: "nas",
  tags: [],
  intervalSeconds: 10,
  config: {},
};
const RULE = {
  name: "Nearly full",
  scope: { kind: "all" },
  parts: [{ kind: "value", metric: "used", is: "above", limit: 90 }],
  severity: "warning",
  summary: "x",
};

/** Time that is moved by hand; what waits is called back by it. */
export function createHandClock(start: number): Clock & { move(ms: number): Promise<void> } {
  let now = start;
  const waiting = new Set<{ at: number; callback: () => void }>();
  return {
    now: () => now,
    after(ms, callback) {
      const one = { at: now + ms, callback };
      waiting.add(one);
      return () => void waiting.delete(one);
    },
    async move(ms) {
      const until = now + ms;
      for (;;) {
        const [next] = [...waiting].filter(({ at }) => at <= until).sort((one, other) => one.at - other.at);
        if (!next) break;
        waiting.delete(next);
        now = Math.max(now, next.at);
        next.callback();
        await new Promise((resolve) => setImmediate(resolve));
      }
      now = until;
    },
  };
}

/** Alerting in processes that share a database: one has the instance, and says of the others' deeds when it is told. */
export function createWorld(connection: Connection, clock: Clock) {
  let holder = "";
  let absence: Absence | null = null;
  let at = 0;
  const told: Transition[] = [];
  const processes = new Map<string, Awaited<ReturnType<typeof openAlerts>>>();

  async function join(name: string) {
    const alerts = await openAlerts({
      connection,
      store: { export: async function* () {}, range: async () => [], latest: () => [] } as never,
      plugin: () => undefined,
      facts: () => ({ labels: ["mount"], isRate: false, staleMs: 30_000 }),
      series: (id) => SERIES[id],
      ofInstance: () => SERIES,
      hasOthers: () => processes.size > 1,
      holds: () => holder === name,
      lastRunAt: () => null,
      rulesChanged: () => undefined,
      changed(transitions) {
        told.push(...transitions);
        return [];
      },
      kept: () => undefined,
      leads: () => [...processes.keys()][0] === name,
      absent: () => absence,
      asked() {
        for (const [other, one] of processes) if (other !== name) void one.takeUp();
      },
      clock,
      log: createLog("silent"),
    });
    if (alerts.book.rules().length === 0) await alerts.book.create(RULE);
    processes.set(name, alerts);
    return alerts;
  }

  return {
    join,
    /** What changed, wherever. */
    told: () => told.splice(0),
    /** From now on this one collects the instance, or nobody. */
    hold(name: string) {
      holder = name;
    },
    /** Without a word. */
    kill(name: string) {
      processes.delete(name);
      if (holder === name) holder = "";
    },
    leave(why: Absence) {
      absence = why;
    },
    run(name: string, ...values: readonly number[]) {
      const series = values.map((_, id) => id);
      at = Math.max(clock.now(), at + 1);
      processes.get(name)?.evaluate({ instance: INSTANCE, at, series, values, failed: false, consecutiveErrors: 0 });
    },
  };
}
