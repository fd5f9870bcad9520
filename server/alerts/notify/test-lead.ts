import type { Clock } from "../../clock";
import { createLog } from "../../log";
import type { Delivered } from "../channels/channel";
import type { Alert, Phase } from "../shapes/alert";
import type { Message } from "../shapes/message";
import { type Route, RouteDraft } from "../shapes/route";
import { FIRST_ROUTES } from "./aim";
import type { Delivery } from "./delivery";
import type { Facts, MutedAmong, MutedBy, Place } from "./facts";
import { takeLead } from "./lead";

export const SECOND = 1_000;
export const MINUTE = 60_000;
export const HOUR = 3_600_000;
/** A Tuesday, 12:00 UTC. */
export const START = Date.UTC(2026, 10, 24, 12);

/** Time that passes when it is told to. */
export interface TestClock extends Clock {
  /** Runs what is due on the way, each at its time. */
  pass(ms: number): Promise<void>;
}

export function createTestClock(start = START): TestClock {
  let now = start;
  const timers = new Set<{ at: number; callback: () => void }>();
  return {
    now: () => now,
    after(ms, callback) {
      const timer = { at: now + Math.max(ms, 0), callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async pass(ms) {
      const end = now + ms;
      await settle();
      for (;;) {
        const next = [...timers].sort((one, other) => one.at - other.at)[0];
        if (!next || next.at > end) break;
        timers.delete(next);
        now = Math.max(now, next.at);
        next.callback();
        await settle();
      }
      now = end;
    },
  };
}

/** What waits for nothing but its turn has had it. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

export const FACTS: Facts = { instance: "disks", host: "nas", plugin: "disk", tags: ["home"], unit: "ratio" };

export const makeRoute = (more: Record<string, unknown> = {}): Route => ({
  ...RouteDraft.parse({ name: "All", channels: "all", timeZone: "UTC", ...more }),
  id: String(more.id ?? "r1"),
});

let made = 0;
export function makeAlert(key: string, at: number, more: Partial<Alert> = {}): Alert {
  made += 1;
  return {
    key,
    id: `018f0000-0000-7000-8000-${String(made).padStart(12, "0")}`,
    ruleId: "disk:full",
    ruleName: "Disk nearly full",
    instanceId: "i1",
    labels: { mount: `/${key}` },
    severity: "warning",
    summary: "{{mount}} on {{instance}} is {{value}} full",
    standing: { phase: "firing", since: at, at, heldMs: -1 },
    metric: "disk_used_ratio",
    value: 0.97,
    limit: 0.9,
    worst: 0.97,
    firedAt: at,
    acknowledged: null,
    snoozedUntil: null,
    fires: [at],
    channels: [],
    ruleLabels: {},
    ...more,
  };
}

export interface Sent {
  readonly at: number;
  readonly channelId: string;
  readonly message: Message;
}

interface RigOptions {
  readonly routes?: readonly Route[];
  readonly places?: readonly Place[];
  readonly clock?: TestClock;
  readonly mutedBy?: MutedBy;
  readonly mutedAmong?: MutedAmong;
  readonly perMinute?: number;
  /** Rows that a process before this one wrote. */
  readonly stored?: Map<string, Delivery>;
  readonly factsOf?: (alert: Pick<Alert, "instanceId">) => Facts;
  send?(channelId: string, message: Message): Promise<Delivered>;
}

/** Telling without a database and without a network: alerts stand in a list, rows in a map. */
export async function makeRig(options: RigOptions = {}) {
  const clock = options.clock ?? createTestClock();
  const stored = options.stored ?? new Map<string, Delivery>();
  const places = options.places ?? [{ id: "mail", name: "Mail", enabled: true }];
  const open = new Map<string, Alert>();
  const sent: Sent[] = [];
  let routes: readonly Route[] = options.routes ?? FIRST_ROUTES;
  const rows = () => [...stored.values()].sort((one, other) => one.createdAt - other.createdAt);
  const lead = await takeLead({
    clock,
    log: createLog("silent"),
    table: {
      add: (deliveries) => async () => {
        for (const one of deliveries) if (!stored.has(one.id)) stored.set(one.id, one);
      },
      async save(deliveries) {
        for (const one of deliveries) stored.set(one.id, one);
      },
      transact: async () => undefined,
      find: async (id) => stored.get(id),
      unfinished: async () => rows().filter(({ state }) => state === "waiting" || state === "sending"),
      log: async () => rows().reverse(),
      prune: async () => undefined,
    },
    wording: { factsOf: options.factsOf ?? (() => FACTS), publicUrl: "", link: () => "" },
    routes: () => routes,
    places: () => places,
    factsOf: options.factsOf ?? (() => FACTS),
    mutedBy: options.mutedBy ?? (() => null),
    mutedAmong: options.mutedAmong,
    perMinute: () => options.perMinute ?? 20,
    random: () => 0.5,
    async send({ channelId, message }) {
      const delivered: Delivered = (await options.send?.(channelId, message)) ?? { ok: true, answer: "ok" };
      if (delivered.ok) sent.push({ at: clock.now(), channelId, message });
      return delivered;
    },
    changed: (delivery) => void stored.set(delivery.id, delivery),
    written: async () => undefined,
  });
  const compare = () => {
    for (const one of lead.compare([...open.values()])) stored.set(one.id, stored.get(one.id) ?? one);
  };

  return {
    clock,
    lead,
    stored,
    sent,
    setRoutes: (next: readonly Route[]) => {
      routes = next;
    },
    /** Looks each second meanwhile. */
    async pass(ms: number) {
      for (let passed = 0; passed < ms; passed += SECOND) {
        compare();
        await clock.pass(Math.min(SECOND, ms - passed));
      }
      compare();
      await settle();
    },
    fire(key: string, more: Partial<Alert> = {}): Alert {
      const alert = makeAlert(key, clock.now(), more);
      open.set(key, alert);
      lead.ledger.follow([{ alert, to: "firing" }]);
      return alert;
    },
    /** It stood before this process came. */
    stand: (alert: Alert) => void open.set(alert.key, alert),
    change(key: string, more: Partial<Alert>) {
      const alert = open.get(key);
      if (alert) open.set(key, { ...alert, ...more });
    },
    end(key: string, phase: Phase = "resolved"): Alert | undefined {
      const alert = open.get(key);
      if (!alert) return undefined;
      open.delete(key);
      const at = clock.now();
      const ended: Alert = { ...alert, standing: { phase, since: at, at, heldMs: 0 } };
      lead.ledger.follow([{ alert: ended, to: phase }]);
      return ended;
    },
    /** "mail firing a b" of each message, in order. */
    told: () =>
      sent.map(({ channelId, message: { alerts } }) =>
        [channelId, ...alerts.map(({ event, labels }) => `${event}:${labels.mount}`)].join(" "),
      ),
  };
}
