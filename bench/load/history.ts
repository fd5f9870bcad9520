import { join } from "node:path";
import { openEmbeddedStores } from "../../server/open-stores";

const HOUR_MS = 3_600_000;
const STEP_MS = 10_000;

/** Gives these series an hour of the past, in the database of a Unity that is stopped. */
export async function writePastHour(dataFolder: string, series: readonly number[]): Promise<void> {
  const { store, close } = await openEmbeddedStores(join(dataFolder, "unity.db"));
  const now = Math.floor(Date.now() / STEP_MS) * STEP_MS;
  for (let at = now - HOUR_MS; at < now; at += STEP_MS) {
    store.write({
      series,
      at: series.map(() => at),
      value: series.map((id) => Math.abs(Math.sin(at / 600_000 + id)) / 10),
    });
    await store.flush();
  }
  await store.close();
  await close();
}
