import { RetentionSettings } from "../retention/settings";
import { procedure, router } from "./init";
import { RetentionState, Storage, StoragePlan, StoreHealth } from "./storage-outputs";

/** Where samples lie, what they take, and how long they are kept. */
export const storageRouter = router({
  /** Asks the database for the sizes of its tables: not for every page. */
  overview: procedure.output(Storage).query(({ ctx: { unity } }) => unity.describe.storage()),

  /** Whether samples become durable. Costs nothing. */
  health: procedure.output(StoreHealth).query(({ ctx: { unity } }) => unity.describe.health()),

  /** What these settings would come to; nothing is changed. */
  plan: procedure
    .input(RetentionSettings)
    .output(StoragePlan)
    .query(({ ctx: { unity }, input }) => unity.describe.storagePlan(input)),

  /** Sets how long what is kept. Applied in the night. */
  keep: procedure
    .input(RetentionSettings)
    .output(RetentionState)
    .mutation(async ({ ctx: { unity }, input }) => {
      await unity.retention.set(input);
      unity.cluster.tell({ kind: "settings" });
      return { ...unity.retention.get() };
    }),
});
