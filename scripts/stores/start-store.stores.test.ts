import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { expect, test } from "vitest";
import { describeWith } from "./describe-with";
import { startStore } from "./start-store.mjs";

const START = `
  import { startStore } from ${JSON.stringify(new URL("./start-store.mjs", import.meta.url))};
  const { pid, folder } = await startStore("redis");
  console.log(JSON.stringify({ pid, folder }));
  setInterval(() => {}, 1_000);
`;
const STOPPED_WITHIN_MS = 20_000;

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describeWith("redis", () => {
  test("stop leaves neither process nor folder", async () => {
    const { pid, folder, stop } = await startStore("redis");
    expect([isRunning(pid), existsSync(folder)]).toEqual([true, true]);
    await stop();
    expect([isRunning(pid), existsSync(folder)]).toEqual([false, false]);
  });

  test.for(["SIGKILL", "SIGINT", "SIGTERM"] as const)(
    "%s to whoever started it leaves neither, too",
    async (signal) => {
      const starter = spawn(process.execPath, ["--input-type=module", "-e", START], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const [line]: Buffer[] = await once(starter.stdout, "data");
      const { pid, folder }: { pid: number; folder: string } = JSON.parse(String(line));
      expect([isRunning(pid), existsSync(folder)]).toEqual([true, true]);
      starter.kill(signal);
      const end = performance.now() + STOPPED_WITHIN_MS;
      while (existsSync(folder) && performance.now() < end) await pause(50);
      expect([isRunning(pid), existsSync(folder)]).toEqual([false, false]);
    },
  );
});

describeWith("postgres", () => {
  test.for([
    { durable: true, fsync: "on" },
    { durable: false, fsync: "off" },
  ])("durable $durable: fsync $fsync", async ({ durable, fsync }) => {
    const { url, stop } = await startStore("postgres", { durable });
    try {
      const sql = postgres(url, { max: 1 });
      expect(await sql`show fsync`).toEqual([{ fsync }]);
      await sql.end();
    } finally {
      await stop();
    }
  });

  test("one that was killed starts again at the same address with the data it has", async () => {
    const store = await startStore("postgres", { durable: true });
    try {
      const before = postgres(store.url, { max: 1 });
      await before`create table kept (id int)`;
      const { pid } = store;
      await store.kill();
      expect(isRunning(pid)).toBe(false);
      await before.end({ timeout: 0 });
      await store.startAgain();
      const after = postgres(store.url, { max: 1 });
      expect(await after`select * from kept`).toEqual([]);
      await after.end();
      expect(store.pid).not.toBe(pid);
    } finally {
      await store.stop();
    }
    expect(existsSync(store.folder)).toBe(false);
  });
});

describeWith("mysql", () => {
  test("MariaDB, too", async () => {
    const store = await startStore("mysql");
    try {
      await store.startAgain();
    } finally {
      await store.stop();
    }
    expect(existsSync(store.folder)).toBe(false);
  });
});
