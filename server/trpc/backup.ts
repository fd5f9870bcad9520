import { Backups } from "./backup-outputs";
import { router, toAdminister } from "./init";

/** Copies of everything. One is made by `POST /api/backup`, which hands out the file itself. */
export const backupRouter = router({
  /** Of the last one, and of how large the next will be. Counts samples: not for every page. */
  overview: toAdminister.output(Backups).query(({ ctx: { unity } }) => unity.describe.backups()),
});
