/** For tests only, in a process of its own: takes bombs in as requests are, and says what became of them and of its memory. */
import { createGzip, type Gzip } from "node:zlib";
import { MOST_PLAIN_BYTES } from "../http/push/protocol";
import { ungzip, unsnap } from "./inflate";

const GIGABYTE = 1_073_741_824;
const TIMES = 30;
const WARM_AFTER = 9;

async function gzipBomb(): Promise<Buffer> {
  const zeros = Buffer.alloc(1_048_576);
  const gzip: Gzip = createGzip();
  const parts: Buffer[] = [];
  gzip.on("data", (part: Buffer) => parts.push(part));
  const ended = new Promise((done) => gzip.once("end", done));
  for (let megabyte = 0; megabyte < GIGABYTE / zeros.length; megabyte += 1)
    if (!gzip.write(zeros)) await new Promise((drained) => gzip.once("drain", drained));
  gzip.end();
  await ended;
  return Buffer.concat(parts);
}

/** A literal of one zero, and copies of 64 from one byte before, as long as a request may be. */
function snappyBomb(sentBytes: number, saidBytes: number): Buffer {
  const length = [0, 7, 14, 21, 28].map((shift, index) => ((saidBytes / 2 ** shift) & 0x7f) | (index < 4 ? 0x80 : 0));
  return Buffer.concat([
    Buffer.from([...length, 0x00, 0x00]),
    Buffer.alloc(sentBytes, Buffer.from([0xfe, 0x01, 0x00])),
  ]);
}

const bombs = {
  gzip: await gzipBomb(),
  snappy: snappyBomb(50_331_648, GIGABYTE),
  "snappy that lies": snappyBomb(3_000, MOST_PLAIN_BYTES),
};
globalThis.gc?.();
const before = process.memoryUsage.rss();
const refused = new Set<string>();
let most = before;
/** When the buffers that go round are there. */
let warm = before;
for (let time = 0; time < TIMES; time += 1) {
  for (const [name, bytes] of Object.entries(bombs)) {
    try {
      if (name === "gzip") await ungzip(bytes, MOST_PLAIN_BYTES);
      else unsnap(bytes, MOST_PLAIN_BYTES);
      refused.add(`${name}: taken`);
    } catch (error) {
      refused.add(`${name}: ${error instanceof Error ? error.name : error}`);
    }
    most = Math.max(most, process.memoryUsage.rss());
  }
  if (time === WARM_AFTER) warm = most;
}
process.send?.({ refused: [...refused], grownBytes: most - before, laterBytes: most - warm });
process.disconnect();
