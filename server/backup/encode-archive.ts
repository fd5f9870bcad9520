import { toRecord } from "../move/archive/piece-record";
import { encodeRecord, MAGIC } from "../move/archive/record";
import { beginDigest, endDigest } from "../move/archive/seal";
import type { Piece, Seal } from "../move/piece";

/** Handed on at once, so that small records are no disk access each. */
const BLOCK_BYTES = 256 * 1_024;

/** Pieces as the bytes of an archive, which end with the checksum of everything. @param sign of a text, as base64url */
export async function* encodeArchive(
  pieces: AsyncIterable<Piece>,
  { sign, startsNow }: { sign?: (text: string) => string; startsNow?: () => Promise<Seal["starts"]> },
): AsyncGenerator<Uint8Array> {
  const digest = beginDigest();
  let waiting: Uint8Array[] = [MAGIC];
  let bytes = MAGIC.length;
  for await (const piece of pieces) {
    let record: Uint8Array;
    if (piece.kind === "end") {
      const starts = await startsNow?.();
      const sha256 = endDigest(digest, piece.totals, starts);
      record = encodeRecord(toRecord({ ...piece, seal: { starts, sha256, signature: sign?.(sha256) } }));
    } else {
      record = encodeRecord(toRecord(piece));
      digest.update(record);
    }
    waiting.push(record);
    bytes += record.length;
    if (bytes < BLOCK_BYTES) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    bytes = 0;
  }
  if (bytes > 0) yield Buffer.concat(waiting);
}
