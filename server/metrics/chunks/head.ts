import type { Samples } from "./codec/samples";
import { type HeadMemory, ownRoom, type Room } from "./head-memory";

const NOTHING = new Float64Array(0);
const MOST_ROOM = 128;

/** Samples of one series in memory, in order of time, each instant once. Of its room, instants are the first half, values the second. */
export class Head {
  count = 0;
  /** The batch that has the first sample that came in; everything after is in it or in later ones. */
  batch = 0;
  /** When that was. */
  since = 0;
  private readonly memory: HeadMemory | undefined;
  private room: Room | undefined;
  private buffer: Float64Array = NOTHING;
  private start = 0;
  private capacity = 0;
  private readonly firstRoom: number;

  /**
   * @param like the head before it, which tells how many samples are to be expected, and where from memory is
   * @param memory that others have, too: then it is given back with `release`. Else the head has its own.
   */
  constructor(like?: Head, memory = like?.memory) {
    this.memory = memory;
    this.firstRoom = Math.min(MOST_ROOM, Math.max(1, (like?.count ?? 0) >> 2));
  }

  /** False when this instant is there already. */
  add(at: number, value: number): boolean {
    if (this.count === 0 || at > this.lastAt()) {
      this.makeRoom();
      this.put(this.start + this.count++, at, value);
      return true;
    }
    const index = this.indexOf(at);
    if (this.buffer[this.start + index] === at) return false;
    this.makeRoom();
    const { buffer, start, capacity, count } = this;
    buffer.copyWithin(start + index + 1, start + index, start + count);
    buffer.copyWithin(start + capacity + index + 1, start + capacity + index, start + capacity + count);
    this.put(start + index, at, value);
    this.count++;
    return true;
  }

  has(at: number): boolean {
    const index = this.indexOf(at);
    return index < this.count && this.buffer[this.start + index] === at;
  }

  /** Where the first sample at or after this instant is; `count` when there is none. */
  indexOf(at: number): number {
    return lowerBound(this.buffer, at, this.count, this.start);
  }

  firstAt(): number {
    return this.count > 0 ? (this.buffer[this.start] ?? 0) : Number.POSITIVE_INFINITY;
  }

  lastAt(): number {
    return this.count > 0 ? (this.buffer[this.start + this.count - 1] ?? 0) : Number.NEGATIVE_INFINITY;
  }

  /** Views, valid until something is added, or it is released. */
  samples(): Samples {
    const { buffer, start, capacity, count } = this;
    const values = start + capacity;
    return { at: buffer.subarray(start, start + count), value: buffer.subarray(values, values + count) };
  }

  /** Leaves its samples: others may use the memory. It is empty then. */
  release(): void {
    if (this.room) this.memory?.give(this.room);
    this.room = undefined;
    this.buffer = NOTHING;
    this.count = this.capacity = this.start = 0;
  }

  private put(index: number, at: number, value: number): void {
    this.buffer[index] = at;
    this.buffer[index + this.capacity] = value;
  }

  private makeRoom(): void {
    if (this.count < this.capacity) return;
    const { room: old, buffer, start, capacity, count } = this;
    const wanted = Math.max(this.firstRoom, capacity + 1);
    const room = this.memory ? this.memory.take(wanted) : ownRoom(Math.max(2 * capacity, wanted));
    this.buffer = room.slab.memory;
    this.buffer.set(buffer.subarray(start, start + count), room.start);
    this.buffer.set(buffer.subarray(start + capacity, start + capacity + count), room.start + room.capacity);
    this.room = room;
    this.start = room.start;
    this.capacity = room.capacity;
    if (old) this.memory?.give(old);
  }
}

/**
 * The first index whose instant is not before `at`, counted from `start`.
 * @param count how many of `instants` there are, in order, from `start` on
 */
export function lowerBound(instants: Float64Array, at: number, count = instants.length, start = 0): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((instants[start + middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
