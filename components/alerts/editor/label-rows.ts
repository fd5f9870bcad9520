/** A label of a rule as it stands in the form. */
export interface LabelRow {
  readonly label: string;
  readonly value: string;
}

export const labelRowsOf = (labels: Readonly<Record<string, string>>): LabelRow[] =>
  Object.entries(labels).map(([label, value]) => ({ label, value }));

/** Rows that are empty are none. */
export function readLabelRows(rows: readonly LabelRow[]): { labels: Record<string, string>; problem?: string } {
  const filled = rows
    .map(({ label, value }) => ({ label: label.trim(), value: value.trim() }))
    .filter(({ label, value }) => label !== "" || value !== "");
  const names = filled.map(({ label }) => label);
  const labels = Object.fromEntries(filled.map(({ label, value }) => [label, value]));
  if (names.includes("")) return { labels, problem: "Give each label a name." };
  if (new Set(names).size < names.length) return { labels, problem: "Each label is there once." };
  return { labels };
}
