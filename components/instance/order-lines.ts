interface Named {
  readonly metric: string;
  readonly label: string;
}

/** Metrics in the chart's order, then names as people count: 1m, 5m, 15m. Never by size: lines must not change places as they move. */
export function orderLines<L extends Named>(lines: readonly L[], metrics: readonly string[]): L[] {
  const place = new Map(metrics.map((metric, index) => [metric, index]));
  const rank = ({ metric }: L) => place.get(metric) ?? metrics.length;
  return [...lines].sort((a, b) => rank(a) - rank(b) || a.label.localeCompare(b.label, "en", { numeric: true }));
}
