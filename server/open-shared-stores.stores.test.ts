import { setTimeout as pause } from "node:timers/promises";
import { v7 as createId } from "uuid";
import { expect, onTestFinished, test } from "vitest";
import { describeWith } from "../scripts/stores/describe-with";
import { parseDatabaseUrl, type ServerPlace } from "./db/database-place";
import { lockPostgres } from "./db/postgres-lock";
import { createPostgresDatabase } from "./db/test-servers";
import type { Log } from "./log";
import { openSharedStores } from "./open-shared-stores";

describeWith("postgres", (server) => {
  async function createPlace() {
    const { url, run, drop } = await createPostgresDatabase(server);
    onTestFinished(drop);
    const said: string[] = [];
    const say = (_: object, text: string) => void said.push(text);
    // Nothing else of a log is used here.
    const log = { warn: say, info: say } as unknown as Log;
    const access = { log, id: createId(), samples: "chunks" as const, others: () => false };
    const place = parseDatabaseUrl(url) as ServerPlace;
    return { place, run, said, open: () => openSharedStores(place, access) };
  }
  async function expectFree(place: ServerPlace): Promise<void> {
    const lock = await lockPostgres(place);
    expect(lock).toBeDefined();
    await lock?.release();
  }

  test("who cannot open the database does not keep others from leading", async () => {
    const { place, run, open } = await createPlace();
    const stores = await open();
    await stores.store.close();
    await stores.close();
    await run("insert into __drizzle_migrations (hash, created_at) values ('later', 9999999999999)");
    await expect(open()).rejects.toThrow("newer");
    await expectFree(place);
  });

  test("who cannot lead says so once, tries again, and ends at once when it is to", async () => {
    const { place, run, said, open } = await createPlace();
    const leader = await lockPostgres(place);
    const stores = await open();
    expect(stores.leads()).toBe(false);
    await run("insert into plugin_metrics_batch (writer, id, samples, data) values ('1', 1, 1, '\\x00')");
    await leader?.release();
    await pause(5_000);
    const troubles = () => said.filter((text) => text.includes("could not change its part"));
    expect(troubles()).toHaveLength(1);
    await run("delete from plugin_metrics_batch");
    await expect.poll(() => stores.leads(), { timeout: 10_000 }).toBe(true);
    expect(troubles()).toHaveLength(1);
    await stores.store.close();
    await stores.close();
    await expectFree(place);
  });
});
