import { z } from "zod";
import { DOWNLOAD } from "../backup/download-deed";
import { RUNS } from "../move/tables";
import type { Backups } from "../trpc/backup-outputs";
import type { Unity } from "../unity";

type Parts = Pick<Unity, "audit" | "keeper" | "clock" | "databaseFacts">;

/** As the route writes them. */
const Facts = z.object({
  bytes: z.number().catch(0),
  samples: z.number().catch(0),
  secrets: z.enum(["none", "kept", "passphrase"]).catch("kept"),
});

/** The last backup that was taken from here, and what one of now would have. Those of the command leave no trace here. */
export async function describeBackups(parts: Parts): Promise<z.output<typeof Backups>> {
  const { audit, clock } = parts;
  const [last] = await audit.list({ action: DOWNLOAD, outcome: "done", limit: 1 });
  return {
    at: clock.now(),
    stored: await measure(parts).catch(() => null),
    last: last
      ? { at: last.at, name: last.subject, actor: last.actor, ...Facts.parse(last.details.facts ?? {}) }
      : null,
  };
}

/** @throws StoreUnavailable */
async function measure({ keeper, databaseFacts }: Parts): Promise<z.output<typeof Backups>["stored"]> {
  // A server that others write to as well says nothing of how much is Unity's.
  if (databaseFacts.samplesShown !== null) return null;
  const [{ stats }, tables] = await Promise.all([keeper.measure(), databaseFacts.tables()]);
  const counted = new Set([RUNS, ...(stats.tables ?? [{ name: "plugin_metrics" }]).map(({ name }) => name)]);
  const others = tables.filter(({ name }) => !counted.has(name)).reduce((sum, { bytes }) => sum + bytes, 0);
  return { samples: stats.samples, bytes: stats.bytes + others };
}
