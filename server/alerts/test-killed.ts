/**
 * The process that is killed: `test-killed.ts <file>` watches twenty series that come and go without end, and says on its output what
 * stood when it came, what changed, and up to which change everything is written.
 */
import { v7 as createId } from "uuid";
import { systemClock } from "../clock";
import { createLog } from "../log";
import { openEmbeddedStores } from "../open-stores";
import { openAlerts } from "./alerts";
import type { Watched } from "./watched";

const SERIES = Array.from({ length: 20 }, (_, id) => ({ id, metric: "used", labels: { mount: `/${id}` } }));
const INSTANCE: Watched = { id: "i1", plugin: "none", name: "n", host: "h", tags: [], intervalSeconds: 1, config: {} };
const say = (what: string, fact: unknown) => process.stdout.write(`${JSON.stringify({ what, fact })}\n`);

const { connection, store } = await openEmbeddedStores(process.argv[2] ?? "");
const { notifications } = connection.schema;
let made = 0;
const alerts = await openAlerts({
  connection,
  store,
  plugin: () => undefined,
  facts: () => ({ labels: ["mount"], isRate: false, staleMs: 60_000 }),
  series: (id) => SERIES[id],
  ofInstance: () => SERIES,
  hasOthers: () => false,
  holds: () => true,
  lastRunAt: () => null,
  rulesChanged: () => undefined,
  changed: (transitions) =>
    transitions.flatMap(({ alert, to, at }) => {
      made += 1;
      say("made", { number: made, id: alert.id, to, fired: alert.firedAt !== null });
      if (to !== "firing" && alert.firedAt === null) return [];
      const message = { alert: alert.id, to };
      const row = { id: createId(), channelId: "c", groupKey: alert.id, state: "waiting" as const, dueAt: at, message };
      return [(tx) => tx.insert(notifications).values({ ...row, createdAt: at })];
    }),
  kept: () => undefined,
  leads: () => true,
  absent: () => null,
  asked: () => undefined,
  clock: systemClock,
  log: createLog("warn"),
});
const used = { kind: "value", metric: "used", is: "above", limit: 50 };
const rule = { scope: { kind: "all" }, parts: [used], severity: "warning", summary: "x" };
if (alerts.book.rules().length === 0) {
  await alerts.book.create({ ...rule, name: "at once" });
  await alerts.book.create({ ...rule, name: "after a second", forSeconds: 1, keepFiringSeconds: 1 });
}
await alerts.take([INSTANCE.id]);
say(
  "stands",
  alerts.open().map(({ id, standing }) => [id, standing.phase]),
);

let last = 0;
setInterval(() => {
  const at = Math.max(Date.now(), last + 1);
  last = at;
  // Each has a rhythm of its own; some hold for longer than anybody lives here.
  const values = SERIES.map(({ id }) => (Math.sin(at / (60 * 1.35 ** id)) > 0 ? 90 : 10));
  const series = SERIES.map(({ id }) => id);
  alerts.evaluate({ instance: INSTANCE, at, series, values, failed: false, consecutiveErrors: 0 });
}, 10);
for (;;) {
  const upTo = made;
  await alerts.history({ limit: 1 });
  say("written", upTo);
  await new Promise((resolve) => setTimeout(resolve, 5));
}
