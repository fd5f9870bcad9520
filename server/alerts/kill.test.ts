import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock } from "../clock";
import { createLog } from "../log";
import { openEmbeddedStores } from "../open-stores";
import { openAlertBook } from "./book";
import type { Alert, AlertEvent } from "./shapes/alert";

/** `UNITY_ALERT_KILLS=60 npx vitest run server/alerts/kill.test.ts` is the long version. */
const KILLS = Number(process.env.UNITY_ALERT_KILLS ?? 3);
const WITHIN_MS = 240_000;

interface Made {
  readonly number: number;
  readonly id: string;
  readonly to: string;
  readonly fired: boolean;
}
/** What a process said before it was killed. */
interface Said {
  readonly stands: readonly (readonly [string, string])[];
  readonly made: readonly Made[];
  readonly written: number;
}

let folder = "";
const file = () => join(folder, "unity.db");
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "unity-alert-kill-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function liveAndDie(): Promise<Said> {
  const program = join(import.meta.dirname, "test-killed.ts");
  const child = spawn(process.execPath, ["--import", "tsx", program, file()], { stdio: ["ignore", "pipe", "inherit"] });
  const closed = new Promise<void>((resolve) => child.on("close", () => resolve()));
  let stands: Said["stands"] | undefined;
  let written = 0;
  const made: Made[] = [];
  createInterface(child.stdout).on("line", (line) => {
    const { what, fact } = JSON.parse(line);
    if (what === "stands") stands = fact;
    else if (what === "made") made.push(fact);
    else written = fact;
  });
  try {
    for (const until = Date.now() + WITHIN_MS; written === 0; await pause(5))
      if (child.exitCode !== null || Date.now() > until) throw new Error("The process never wrote a thing.");
    await pause(Math.random() * 1_500);
  } finally {
    child.kill("SIGKILL");
    await closed;
  }
  return { stands: stands ?? [], made, written };
}

async function lookInside() {
  const { connection, store, close } = await openEmbeddedStores(file());
  try {
    const book = openAlertBook(connection, { clock: systemClock, log: createLog("warn") });
    const rows = await connection.db.select().from(connection.schema.notifications);
    const messages = rows.map(({ message }) => message as { alert: string; to: string });
    const history = await book.history({ limit: 100_000 });
    return { standing: await book.standing(), history: history.reverse(), messages };
  } finally {
    await store.close();
    await close();
  }
}

/** Each alert fired once and was over once, in this order; what has fired and is not over stands, and nothing else that fired. */
function checkHistory(history: readonly AlertEvent[], standing: readonly Alert[]): void {
  const lives = new Map<string, string[]>();
  for (const { alertId, event } of history) lives.set(alertId, [...(lives.get(alertId) ?? []), event]);
  const wrong = [...lives.values()].filter((life) => !["firing", "firing resolved"].includes(life.join(" ")));
  expect(wrong).toEqual([]);
  const open = [...lives].flatMap(([id, life]) => (life.at(-1) === "firing" ? [id] : []));
  const firing = standing.flatMap(({ id, firedAt }) => (firedAt === null ? [] : [id]));
  expect(open.sort()).toEqual(firing.sort());
  const keys = standing.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
}

test(
  `killed ${KILLS} times while alerts come and go, nothing is repeated and nothing is lost`,
  async () => {
    let stood: [string, string][] = [];
    let [firing, pending] = [0, 0];
    for (let kill = 0; kill < KILLS; kill++) {
      const { stands, made, written } = await liveAndDie();
      // The same alerts, by the same ids.
      expect([...stands].sort()).toEqual(stood.sort());
      const { standing, history, messages } = await lookInside();
      checkHistory(history, standing);
      const events = new Set(history.map(({ alertId, event }) => `${alertId} ${event}`));
      const due = made.filter(({ number, to, fired }) => number <= written && (to === "firing" || fired));
      expect(due.filter(({ id, to }) => !events.has(`${id} ${to}`))).toEqual([]);
      // What people are to be told is written with it, or neither is.
      expect(messages.map(({ alert, to }) => `${alert} ${to}`).sort()).toEqual([...events].sort());
      stood = standing.map(({ id, standing: { phase } }) => [id, phase]);
      firing += standing.filter(({ firedAt }) => firedAt !== null).length;
      pending += standing.filter(({ firedAt }) => firedAt === null).length;
    }
    expect(firing).toBeGreaterThan(0);
    expect(pending).toBeGreaterThan(0);
  },
  240_000 + KILLS * 60_000,
);
