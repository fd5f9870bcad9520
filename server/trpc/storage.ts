import { RetentionSettings } from "../retention/settings";
import { router, toAdminister, toRead } from "./init";
import { RetentionState, Storage, StoragePlan, StoreHealth } from "./storage-outputs";

/** Where samples lie, what they take, and how long they are kept. */
export const storageRouter = router({
  /** Asks the database for the sizes of its tables: not for every page. */
  overview: toRead.output(Storage).query(({ ctx: { unity } }) => unity.describe.storage()),

  /** Whether samples become durable. Costs nothing. */
  health: toRead.output(StoreHealth).query(({ ctx: { unity } }) => unity.describe.health()),

  /** What these settings would come to; nothing is changed. */
  plan: toAdminister
    .input(RetentionSettings)
    .output(StoragePlan)
    .query(({ ctx: { unity }, input }) => unity.describe.storagePlan(input)),

  /** Sets how long what is kept. Applied in the night. */
  keep: toAdminister
    .meta({ audit: { of: "retention" } })
    .input(RetentionSettings)
    .output(RetentionState)
    .mutation(async ({ ctx: { unity }, input }) => {
      await unity.retention.set(input);
      unity.cluster.tell({ kind: "settings" });
      return { ...unity.retention.get() };
    }),
});
