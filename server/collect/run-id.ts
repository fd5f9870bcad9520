import { randomFillSync } from "node:crypto";
import { v7 } from "uuid";

const BYTES = 16;
/** Randomness for so many runs is asked of the system at once. */
const pool = Buffer.alloc(256 * BYTES);
let used = pool.length;

/** The id of a run, in the order of time to the millisecond. */
export function createRunId(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const random = pool.subarray(used, used + BYTES);
  used += BYTES;
  return v7({ random });
}
