import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { DatabaseInUse, lockDatabase } from "./database-lock";
import { placeOfFile } from "./database-place";

async function makePlace() {
  const folder = await mkdtemp(join(tmpdir(), "unity-lock-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return placeOfFile(join(folder, "deep", "unity.db"));
}

test("a database has one owner at a time", async () => {
  const place = await makePlace();
  const lock = await lockDatabase(place);
  await expect(lockDatabase(place)).rejects.toThrow(DatabaseInUse);
  await expect(lockDatabase(place)).rejects.toThrow(`${place.file} is used by another Unity.`);
  await lock.release();
  await (await lockDatabase(place)).release();
});

test("whoever waits gets it when the other one ends", async () => {
  const place = await makePlace();
  const lock = await lockDatabase(place);
  const waiting = lockDatabase(place, { waitMs: 5_000 });
  await lock.release();
  await (await waiting).release();
});

test("a process that is killed lets go of it", async () => {
  const place = await makePlace();
  await (await lockDatabase(place)).release();
  const code = `const Database = require("libsql");
    const db = new Database(${JSON.stringify(`${place.file}.lock`)});
    db.exec("begin exclusive"); console.log("locked"); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["-e", code], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  await expect(lockDatabase(place)).rejects.toThrow(DatabaseInUse);
  child.kill("SIGKILL");
  await once(child, "exit");
  await (await lockDatabase(place)).release();
});
