/** Bytes that came and were not read yet. Its user bounds it. */
export class ByteQueue {
  #chunks: Buffer[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }

  /** Position of a byte, or -1. @param from bytes that were searched before */
  indexOf(byte: number, from = 0): number {
    let start = 0;
    for (const chunk of this.#chunks) {
      const end = start + chunk.length;
      if (end > from) {
        const found = chunk.indexOf(byte, Math.max(0, from - start));
        if (found >= 0) return start + found;
      }
      start = end;
    }
    return -1;
  }

  /** Removes and returns the first so many bytes, or all when there are fewer. */
  take(length: number): Buffer {
    if (this.#chunks.length > 1) this.#chunks = [Buffer.concat(this.#chunks)];
    const all = this.#chunks[0] ?? Buffer.alloc(0);
    const taken = all.subarray(0, length);
    const rest = all.subarray(taken.length);
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#length = rest.length;
    return taken;
  }
}
