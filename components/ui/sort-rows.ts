import { compareText } from "./compare-text";

export interface Sort {
  readonly key: string;
  readonly ascending: boolean;
}

type Key = string | number | null;

/** A new array; rows that compare equal keep their order, and what is unknown comes last whichever way it goes. */
export function sortRows<R>(rows: readonly R[], by: (row: R) => Key, ascending: boolean): R[] {
  const keyed = rows.map((row) => ({ row, key: by(row) }));
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
    return ascending ? compare(a.key, b.key) : compare(b.key, a.key);
  });
  return keyed.map(({ row }) => row);
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return compareText(String(a), String(b));
}

/** A click turns the order round; a new column begins with what one looks for: the largest number, the first name. */
export function nextSort(old: Sort | undefined, key: string, numeric: boolean): Sort {
  return old?.key === key ? { key, ascending: !old.ascending } : { key, ascending: !numeric };
}
