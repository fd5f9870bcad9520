import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { describeWith } from "../../scripts/stores/describe-with";
import { parseDatabaseUrl, placeOfFile } from "../db/database-place";
import { createMysqlDatabase, createPostgresDatabase, type TestDatabase } from "../db/test-servers";
import { openStores, openStoresToRead, type Stores } from "../open-stores";
import { exportArchive } from "./export-archive";
import { importArchive, openArchive } from "./import-archive";
import { moveDatabase } from "./move-database";
import { addConfiguration, addHistory, answersOf } from "./test-installation";

const CREATE = { postgres: createPostgresDatabase, mysql: createMysqlDatabase, timescale: createPostgresDatabase };
const quiet = { isRunning: false, runs: true, merge: false, shown: "the target" };

/** Opened one after the other, closed and removed in the end. */
async function withFolder(
  work: (folder: string, keep: <T>(what: T, end: (what: T) => Promise<unknown>) => T) => Promise<void>,
) {
  const folder = await mkdtemp(join(tmpdir(), "unity-move-"));
  const ends: (() => Promise<unknown>)[] = [];
  try {
    await work(folder, (what, end) => {
      ends.unshift(() => end(what));
      return what;
    });
  } finally {
    for (const end of ends) await end();
    await rm(folder, { recursive: true, force: true });
  }
}

async function close({ store, close: closeDatabase }: Stores): Promise<void> {
  await store.close();
  await closeDatabase();
}

for (const kind of ["postgres", "mysql", "timescale"] as const) {
  describeWith(kind, (server) => {
    test("from an embedded database there and back again, every answer is the same", (context) =>
      withFolder(async (folder, keep) => {
        if (kind === "timescale" && process.env.TEST_TIMESCALE_WASM)
          context.skip("400 days take minutes as WebAssembly: give a server by TEST_TIMESCALE_URL");
        const source = keep(await openStores(placeOfFile(join(folder, "a.db"))), close);
        await addHistory(source, await addConfiguration(source));
        const database: TestDatabase = keep(await CREATE[kind](server), ({ drop }) => drop());
        const there = keep(await openStores(parseDatabaseUrl(database.url)), close);
        expect(there.timescale?.state).toBe({ postgres: "absent", mysql: undefined, timescale: "ready" }[kind]);
        await moveDatabase(source, there, quiet);
        const back = keep(await openStores(placeOfFile(join(folder, "b.db"))), close);
        const file = join(folder, "back.unity");
        await exportArchive(there, { ...quiet, say: () => undefined, file });
        const archive = keep(await openArchive(file), (one) => one.close());
        await importArchive(back, { ...quiet, archive });
        const answers = await answersOf(source);
        expect(await answersOf(there)).toEqual(answers);
        expect(await answersOf(back)).toEqual(answers);
      }));

    test("a database that is used is refused, but may be read", (context) =>
      withFolder(async (_, keep) => {
        if (kind === "timescale" && process.env.TEST_TIMESCALE_WASM)
          context.skip(
            "as WebAssembly everybody shares one session, and with it every lock: give a server by TEST_TIMESCALE_URL",
          );
        const database: TestDatabase = keep(await CREATE[kind](server), ({ drop }) => drop());
        const place = parseDatabaseUrl(database.url);
        const running = await openStores(place);
        await expect(openStores(place)).rejects.toThrow("is used by another Unity");
        await close(await openStoresToRead(place));
        await close(running);
        await close(await openStores(place));
      }));
  });
}
