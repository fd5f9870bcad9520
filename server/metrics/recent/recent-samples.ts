import { Head } from "../chunks/head";
import { addSamples, type Sums } from "../chunks/sums";

/** Instants or values, in order of time. */
export type Column = readonly number[] | Float64Array;

/** The newest samples of one series in memory, in two parts: when the younger is full, the older goes. */
export class RecentSamples {
  private older: Head | null = null;
  private younger = new Head();
  /** A sample from before `since` came in: it is in the database alone. */
  hadLate = false;

  /** @param since from this instant on every sample of the series is here */
  constructor(public since: number) {}

  /**
   * False when this instant is there already: what is here is all there is. One from before `since` may be in the database.
   * @param partSamples how many a part has
   */
  add(at: number, value: number, partSamples: number): boolean {
    if (this.younger.count >= partSamples) this.turn();
    if (at < this.since) {
      this.hadLate = true;
      return true;
    }
    if (this.older && at <= this.older.lastAt() && this.older.has(at)) return false;
    return this.younger.add(at, value);
  }

  addTo(sums: Sums, window: { readonly from: number; readonly to: number }): void {
    for (const head of [this.older, this.younger]) {
      if (head && head.lastAt() >= window.from && head.firstAt() < window.to) addSamples(sums, head.samples(), window);
    }
  }

  count(): number {
    return (this.older?.count ?? 0) + this.younger.count;
  }

  /** The parts may overlap in time, so what the older one ends with is the least that is still whole. */
  private turn(): void {
    if (this.older) this.since = Math.max(this.since, this.older.lastAt() + 1);
    this.older = this.younger;
    this.younger = new Head(this.older);
  }

  /** Puts samples from before `since` in front, of which every one from `from` on is given. */
  extend(from: number, at: Column, value: Column): void {
    const own = [this.older, this.younger].flatMap((head) => (head ? [head.samples()] : []));
    const joined = new Head();
    // What is in the database came first: of an instant that is in both, its value counts.
    for (const [index, instant] of at.entries()) joined.add(instant, value[index] ?? 0);
    for (const samples of own)
      samples.at.forEach((instant, index) => void joined.add(instant, samples.value[index] ?? 0));
    this.older = null;
    this.younger = joined;
    this.since = Math.min(this.since, from);
  }
}
