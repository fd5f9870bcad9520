import { createHash, type Hash } from "node:crypto";
import type { Seal, Totals } from "../piece";
import type { PlacedRecord } from "./read-records";
import { MAGIC, RECORD } from "./record";

type Starts = Seal["starts"];

/** Of the bytes of an archive, from its first one on. */
export const beginDigest = (): Hash => createHash("sha256").update(MAGIC);

/** SHA-256 of everything that an archive has: its bytes up to the last record, and what that one says. */
export function endDigest(bytes: Hash, { rows, series, samples, rollups }: Totals, starts: Starts): string {
  const tiers = starts ? [starts.rawFrom, starts.hourlyFrom, starts.dailyFrom] : null;
  return bytes.update(JSON.stringify([rows, series, samples, rollups, tiers])).digest("base64url");
}

/** As `beginDigest`, of an archive that is read. */
export function digestRecords(): { add(record: PlacedRecord): void; end(totals: Totals, seal: Seal): string } {
  const bytes = beginDigest();
  return {
    add({ type, head, content }) {
      if (type !== RECORD.end) bytes.update(head).update(content);
    },
    end: (totals, { starts }) => endDigest(bytes, totals, starts),
  };
}
