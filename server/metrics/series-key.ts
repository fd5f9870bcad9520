import type { Labels } from "../../plugins/sdk/plugin";

/** Tells series of one instance apart. Values are quoted, so that no label value can imitate another. Wants sorted labels. */
export function seriesKey(metric: string, sorted: Labels): string {
  return Object.keys(sorted).length === 0 ? metric : `${metric}${JSON.stringify(sorted)}`;
}

/** Labels in order of their names, so that equal sets give equal keys. */
export function sortLabels(labels: Labels): Labels {
  const names = Object.keys(labels);
  if (names.length < 2) return labels;
  return Object.fromEntries(names.sort().map((name) => [name, labels[name] ?? ""]));
}
