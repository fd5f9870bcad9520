import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

type Bencoded = string | number | Uint8Array | { readonly [key: string]: Bencoded };

const PIECE_BYTES = 16_384;

/** For tests only: a file of 40,000 bytes, and the torrent it belongs to. No tracker, so nobody is asked for it. BEP 3 */
export function makeTorrent(folder: string, name = "unity-test.bin"): Buffer {
  const data = Buffer.from("unity test data\n".repeat(2_500));
  writeFileSync(join(folder, name), data);
  return describeFile(name, data.length, piecesOf(data));
}

/** For tests only: a torrent of a megabyte that nobody has. */
export function makeEndlessTorrent(name = "never-comes.bin"): Buffer {
  return describeFile(name, 1_048_576, Buffer.alloc(20 * 64, "x"));
}

const describeFile = (name: string, length: number, pieces: Uint8Array) =>
  encode({ info: { name, "piece length": PIECE_BYTES, length, pieces } });

function piecesOf(data: Buffer): Uint8Array {
  const hashes: Buffer[] = [];
  for (let at = 0; at < data.length; at += PIECE_BYTES)
    hashes.push(
      createHash("sha1")
        .update(data.subarray(at, at + PIECE_BYTES))
        .digest(),
    );
  return Buffer.concat(hashes);
}

function encode(value: Bencoded): Buffer {
  if (typeof value === "number") return Buffer.from(`i${value}e`);
  if (typeof value === "string") return encode(Buffer.from(value));
  if (value instanceof Uint8Array) return Buffer.concat([Buffer.from(`${value.length}:`), value]);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.concat([
    Buffer.from("d"),
    ...entries.flatMap(([key, entry]) => [encode(key), encode(entry)]),
    Buffer.from("e"),
  ]);
}
