import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../clock";
import { openSqlite } from "../../db/sqlite";
import { createLog } from "../../log";
import { folders } from "../../places";
import { openAlertBook } from "../book";
import type { Message } from "../shapes/message";

/** `UNITY_ALERT_KILLS=50 npx vitest run server/alerts/notify/notifier-kill.test.ts` is the long version. */
const KILLS = Number(process.env.UNITY_ALERT_KILLS ?? 6);
/** Messages between two kills. */
const TOLD_EACH = 20;

/** Takes messages as a channel's service does: slowly, and sometimes not at all. */
async function startReceiver() {
  const received: Message[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => {
      body += text;
    });
    request.on("end", async () => {
      const refuses = Math.random() < 0.05;
      if (!refuses) received.push(JSON.parse(body));
      await pause(Math.random() * 40);
      response.writeHead(refuses ? 503 : 200).end();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

async function startTelling(file: string, receiver: string, mode: "busy" | "calm"): Promise<ChildProcess> {
  const program = join(import.meta.dirname, "test-telling-process.ts");
  const child = spawn(process.execPath, ["--import", "tsx", program, file, receiver, mode], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  await Promise.race([once(child.stdout ?? child, "data"), once(child, "exit")]);
  expect(child.exitCode).toBeNull();
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}

test(
  `killed ${KILLS} times while alerts fire and end: nothing is told twice, and nothing that stands is missed`,
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "unity-telling-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, "unity.db");
    const { received, url } = await startReceiver();
    for (let time = 0; time < KILLS; time++) {
      const child = await startTelling(file, url, "busy");
      // By what was told, not by the clock: a busy machine takes longer for as much.
      for (const enough = received.length + TOLD_EACH; received.length < enough; ) await pause(20);
      await pause(Math.random() * 500);
      await kill(child);
    }
    const last = await startTelling(file, url, "calm");
    await once(last.stdout ?? last, "data");
    await kill(last);

    const connection = await openSqlite(file, { migrationsFolder: join(folders.migrations, "sqlite") });
    onTestFinished(() => connection.close());
    const book = openAlertBook(connection, { clock: systemClock, log: createLog("warn") });
    const standing = new Set((await book.standing()).map(({ id }) => id));
    const fired = await book.history({ events: ["firing"], limit: 10_000 });

    const ids = new Map<string, Set<string>>();
    for (const { id: messageId, alerts } of received)
      for (const { id, event } of alerts)
        ids.set(`${id} ${event}`, (ids.get(`${id} ${event}`) ?? new Set()).add(messageId));
    expect([...ids].filter(([, messages]) => messages.size > 1)).toEqual([]);

    const told = (id: string, event: string) => ids.has(`${id} ${event}`);
    expect(fired.length).toBeGreaterThan(30);
    expect([...standing].filter((id) => !told(id, "firing"))).toEqual([]);
    const ended = fired.map(({ alertId }) => alertId).filter((id) => !standing.has(id));
    expect(ended.filter((id) => told(id, "firing") && !told(id, "resolved"))).toEqual([]);
    expect(ended.length).toBeGreaterThan(10);
    // Only of what stood when a process died it is not known whether it was told in time.
    expect(ended.filter((id) => told(id, "firing")).length).toBeGreaterThan(ended.length * 0.6);
  },
  120_000 + KILLS * 30_000,
);
