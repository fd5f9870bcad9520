import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { MetricStore } from "../store";
import { openSpool } from "./spool";

/** The file of one store of a process, among those of all that use the folder. */
export const spoolName = (processId: string, storeId: string): string => `waiting-${processId}.${storeId}.samples`;

/** The one of a process that had the folder alone has no id. */
const NAME = /^waiting(?:-(?<id>[\w-]+)\.[\w-]+)?\.samples$/;

/**
 * Writes what stores left that are gone: samples that the database did not take while they were open.
 * @param inUse whether a file is still written to. Without the id of a process it is one that had the folder alone
 * @returns how many samples; files are removed once those are durable. @throws StoreUnavailable
 */
export async function recoverSpools(
  folder: string,
  {
    store,
    inUse,
  }: { store: Pick<MetricStore, "write" | "flush">; inUse: (name: string, processId: string | undefined) => boolean },
): Promise<number> {
  let samples = 0;
  for (const name of await readdir(folder)) {
    const found = NAME.exec(name);
    if (!found || inUse(name, found.groups?.id)) continue;
    const file = join(folder, name);
    const spool = await openSpool(file);
    try {
      for await (const { series, at, value, count } of spool.leftBehind()) {
        const [ids, instants, values] = [series, at, value].map((column) => [...column.subarray(0, count)]);
        store.write({ series: ids ?? [], at: instants ?? [], value: values ?? [] });
        samples += count;
        // One batch in memory at a time, however long the database was away.
        await store.flush();
      }
    } finally {
      await spool.close();
    }
    await rm(file);
  }
  return samples;
}
