import type { Write } from "./book";

/** What becomes of a list of things that are found by their ids. */
export interface Changes<T> {
  readonly add: readonly T[];
  readonly change: readonly T[];
  readonly remove: readonly string[];
}

/** Changes of one book, to be written with those of others: all of them or none. */
export interface Prepared {
  readonly write: Write;
  /** After they are stored. */
  done(): Promise<void>;
}

export const sizeAfter = (size: number, { add, remove }: Changes<unknown>) => size + add.length - remove.length;
