/**
 * Alerts that fire and are over again, told over HTTP, in a process of its own that is killed:
 * `test-telling-process.ts <database file> <receiver> [calm]`. With `calm` nothing changes any more.
 */
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { v7 as createId } from "uuid";
import { systemClock as clock } from "../../clock";
import { openSqlite } from "../../db/sqlite";
import { createLog } from "../../log";
import { folders } from "../../places";
import { testSecrets } from "../../vault/test-vault";
import { openAlertBook } from "../book";
import type { Alert, Phase } from "../shapes/alert";
import { openNotifier } from "./notifier";

/** What stood before is told by then, if it was not. */
const SETTLED_MS = 6_000;
const MOST_OPEN = 30;

const [file = "", receiver = "", mode = ""] = process.argv.slice(2);
const log = createLog("warn");
const connection = await openSqlite(file, { migrationsFolder: join(folders.migrations, "sqlite") });
const records = openAlertBook(connection, { clock, log });
const open = new Map((await records.standing()).map((alert) => [alert.id, alert]));
/** By this process. */
const told = new Set<string>();
const startedAt = clock.now();
const no = () => Promise.reject(new Error("Nobody asks for it here."));

const notifier = await openNotifier({
  secrets: testSecrets,
  connection,
  clock,
  log,
  alerts: {
    open: () => [...open.values()],
    standing: records.standing,
    history: records.history,
    acknowledge: no,
    snooze: no,
  },
  leads: () => true,
  hasOthers: () => false,
  places: () => [{ id: "hook", name: "Hook", enabled: true }],
  async send(_, message, signal) {
    const answer = await fetch(receiver, { method: "POST", body: JSON.stringify(message), signal });
    if (answer.ok) for (const { id } of message.alerts) told.add(id);
    return answer.ok ? { ok: true, answer: "ok" } : { ok: false, again: true, answer: String(answer.status) };
  },
  factsOf: () => ({ instance: "disks", host: "nas", plugin: "disk", tags: [], unit: "ratio" }),
  mutedBy: () => null,
  collects: () => true,
  ping: no,
  settingsChanged: () => undefined,
});
await notifier.book.setRoutes([
  { name: "All", channels: "all", group: "none", waitSeconds: 0, criticalWaitSeconds: 0, updateMinutes: 0 },
]);
await notifier.book.setSettings({ perMinute: 600 });
notifier.start();
process.stdout.write("started\n");

/** Never waits for the database, as a run does not. */
function change(alert: Alert, from: Phase, to: Phase): void {
  const at = clock.now();
  const changed: Alert = { ...alert, standing: { phase: to, since: at, at, heldMs: 0 } };
  if (to === "firing") open.set(alert.id, changed);
  else open.delete(alert.id);
  const transitions = [{ alert: changed, from, to, at, cause: "measured" }] as const;
  void records.record(transitions, notifier.changed(transitions));
}

function makeAlert(): Alert {
  const at = clock.now();
  const id = createId();
  return {
    key: id,
    id,
    ruleId: "disk/full",
    ruleName: "Disk full",
    instanceId: "i1",
    labels: { mount: id },
    severity: "critical",
    summary: "{{mount}} is full",
    standing: { phase: "firing", since: at, at, heldMs: 0 },
    metric: null,
    value: 1,
    limit: 0.9,
    worst: 1,
    firedAt: at,
    acknowledged: null,
    snoozedUntil: null,
    fires: [at],
    channels: [],
    ruleLabels: {},
  };
}

/** Nothing is on its way, twice in a row. */
async function waitForQuiet(): Promise<void> {
  for (let quiet = 0; quiet < 2; ) {
    await pause(2_500);
    const underway = await notifier.log({ states: ["waiting", "sending"], limit: 1 });
    quiet = underway.length === 0 ? quiet + 1 : 0;
  }
  process.stdout.write("quiet\n");
}

if (mode === "calm") await waitForQuiet();
while (mode !== "calm") {
  await pause(Math.random() * 60);
  const old = [...open.values()].find(
    ({ id, firedAt }) => told.has(id) || ((firedAt ?? 0) < startedAt && clock.now() - startedAt > SETTLED_MS),
  );
  if (old && (open.size >= MOST_OPEN || Math.random() < 0.5)) change(old, "firing", "resolved");
  else if (open.size < MOST_OPEN) change(makeAlert(), "inactive", "firing");
}
