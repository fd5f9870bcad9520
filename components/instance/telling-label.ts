import type { MetricInfo } from "@/components/data/outputs";

/** The label value that says most of a series: that of the label its metric names first. Collected text. */
export function tellingLabel(
  { metric, labels }: { readonly metric: string; readonly labels: Readonly<Record<string, string>> },
  metrics: readonly MetricInfo[],
): string {
  const first = metrics.find(({ name }) => name === metric)?.labels[0];
  return (first === undefined ? undefined : labels[first]) ?? "";
}
