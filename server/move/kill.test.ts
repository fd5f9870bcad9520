import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { exportArchive } from "./export-archive";
import { closeFile, makeFolder, openFile, QUIET } from "./test-folder";
import { addConfiguration, answersOf, DAY_0 } from "./test-installation";

const SAMPLES_PER_SERIES = 60_000;
const cli = new URL("../cli.ts", import.meta.url).pathname;

/** Runs the command; killed so long after its first word. @returns its exit code, null when it was killed */
async function run(args: readonly string[], killAfterMs?: number): Promise<number | null> {
  // Without the wrapper of tsx, which would be killed in its place.
  const child = spawn(process.execPath, ["--import", import.meta.resolve("tsx"), cli, ...args], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = once(child, "exit");
  if (killAfterMs !== undefined) {
    await once(child.stderr, "data");
    await pause(killAfterMs);
    child.kill("SIGKILL");
  }
  child.stderr.resume();
  const [code] = await ended;
  return typeof code === "number" ? code : null;
}

test("killed at any time, an import goes on when it is started again", {
  timeout: 120_000,
}, async () => {
  const folder = await makeFolder();
  const file = join(folder, "a.unity");
  const source = await openFile(join(folder, "a.db"));
  const series = await addConfiguration(source);
  const at = Array.from({ length: SAMPLES_PER_SERIES }, (_, index) => DAY_0 - (SAMPLES_PER_SERIES - index) * 10_000);
  for (const id of series) {
    source.store.write({ series: at.map(() => id), at, value: at.map((_, index) => (index * id) % 1_000) });
    await source.store.flush();
  }
  await source.store.rollUp(DAY_0);
  await exportArchive(source, { ...QUIET, file });

  const to = `sqlite:${join(folder, "b.db")}`;
  let code: number | null = null;
  // A fast machine may be done before it is killed.
  for (const killAfterMs of [20, 300, 900, undefined])
    if (code === null) code = await run(["import", file, "--to", to], killAfterMs);
  expect(code).toBe(0);
  const target = await openFile(join(folder, "b.db"));
  const expected = await answersOf(source);
  expect(await answersOf(target)).toEqual(expected);
  await closeFile(target);
});
