/** What the agent is asked. Read only: there is no question that sets anything. */
export type Question =
  /** Single objects. */
  | { readonly get: readonly string[] }
  /** One column of a table, at most so many rows. */
  | { readonly walk: string; readonly limit: number };

/** Text and bytes as text, numbers of every kind as number, what is not there as null. */
export type Value = string | number | null;
/** A value each for `get`; the index behind the column's own number and the value for `walk`. */
export type Answer = readonly Value[] | readonly (readonly [index: string, value: Value])[];

/** Asks the agent. @throws CollectError */
export type Ask = (question: Question) => Promise<Answer>;
