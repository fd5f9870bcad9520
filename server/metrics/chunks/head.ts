import type { Samples } from "./codec/samples";

const NOTHING = new Float64Array(0);
const LEAST_ROOM = 8;
const MOST_ROOM = 128;

/** Samples of one series in memory, in order of time, each instant once. One buffer: instants in its first half, values in its second. */
export class Head {
  count = 0;
  /** The batch that has the first sample that came in; everything after is in it or in later ones. */
  batch = 0;
  /** When that was. */
  since = 0;
  private buffer = NOTHING;
  private capacity = 0;
  private readonly firstRoom: number;

  /** @param like the head before it, which tells how many samples are to be expected */
  constructor(like?: Head) {
    this.firstRoom = Math.min(MOST_ROOM, Math.max(LEAST_ROOM, (like?.count ?? 0) >> 2));
  }

  /** False when this instant is there already. */
  add(at: number, value: number): boolean {
    const last = this.buffer[this.count - 1];
    if (this.count === 0 || last === undefined || at > last) {
      this.makeRoom();
      this.put(this.count++, at, value);
      return true;
    }
    const index = this.indexOf(at);
    if (this.buffer[index] === at) return false;
    this.makeRoom();
    const { buffer, capacity, count } = this;
    buffer.copyWithin(index + 1, index, count);
    buffer.copyWithin(capacity + index + 1, capacity + index, capacity + count);
    this.put(index, at, value);
    this.count++;
    return true;
  }

  has(at: number): boolean {
    const index = this.indexOf(at);
    return index < this.count && this.buffer[index] === at;
  }

  /** Where the first sample at or after this instant is; `count` when there is none. */
  indexOf(at: number): number {
    return lowerBound(this.buffer, at, this.count);
  }

  firstAt(): number {
    return this.count > 0 ? (this.buffer[0] ?? 0) : Number.POSITIVE_INFINITY;
  }

  lastAt(): number {
    return this.count > 0 ? (this.buffer[this.count - 1] ?? 0) : Number.NEGATIVE_INFINITY;
  }

  /** Views, valid until something is added. */
  samples(): Samples {
    const { buffer, capacity, count } = this;
    return { at: buffer.subarray(0, count), value: buffer.subarray(capacity, capacity + count) };
  }

  private put(index: number, at: number, value: number): void {
    this.buffer[index] = at;
    this.buffer[this.capacity + index] = value;
  }

  private makeRoom(): void {
    if (this.count < this.capacity) return;
    const capacity = Math.max(this.firstRoom, this.capacity * 2);
    const larger = new Float64Array(2 * capacity);
    larger.set(this.buffer.subarray(0, this.count));
    larger.set(this.buffer.subarray(this.capacity, this.capacity + this.count), capacity);
    this.buffer = larger;
    this.capacity = capacity;
  }
}

/** The first index whose instant is not before `at`. @param count how many of `instants` there are, in order */
export function lowerBound(instants: Float64Array, at: number, count = instants.length): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((instants[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
