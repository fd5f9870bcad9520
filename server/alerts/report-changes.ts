import { canonical, type Difference } from "./exchange";

/** A thing that a file speaks of. Its name is its own, or what it speaks of. */
export interface ReportLine<K extends string> {
  readonly kind: K;
  readonly id: string;
  readonly name: string;
}

/** What becomes of the things of one kind. */
export interface KindReport<K extends string> {
  readonly added: readonly ReportLine<K>[];
  readonly changed: readonly (ReportLine<K> & { readonly fields: readonly string[] })[];
  readonly missing: readonly ReportLine<K>[];
  readonly unchanged: number;
}

export function reportChanges<K extends string, T extends { readonly id: string }>(
  kind: K,
  { added, changed, missing, unchanged }: Difference<T>,
  nameOf: (one: T) => string,
): KindReport<K> {
  const line = (one: T) => ({ kind, id: one.id, name: nameOf(one) });
  return {
    added: added.map(line),
    changed: changed.map(({ from, to }) => ({ ...line(to), fields: fieldsOf(from, to) })),
    missing: missing.map(line),
    unchanged: unchanged.length,
  };
}

/** All kinds together. */
export function joinReports<K extends string>(reports: readonly KindReport<K>[]): KindReport<K> {
  return {
    added: reports.flatMap(({ added }) => added),
    changed: reports.flatMap(({ changed }) => changed),
    missing: reports.flatMap(({ missing }) => missing),
    unchanged: reports.reduce((sum, { unchanged }) => sum + unchanged, 0),
  };
}

function fieldsOf(from: object, to: object): string[] {
  const [before, after] = [new Map(Object.entries(from)), new Map(Object.entries(to))];
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].filter((key) => canonical(before.get(key)) !== canonical(after.get(key)));
}
