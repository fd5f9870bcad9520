import type { TimeBand } from "@/components/charts/paint";
import type { Range } from "@/components/data/outputs";

/**
 * Stretches in which runs failed, from the series of 1 (good) and 0 that the runner keeps for every instance. A bucket with one
 * failed run counts; buckets without a run neither begin nor end a stretch.
 */
export function failedBands({ from, stepMs, lines }: Range): TimeBand[] {
  const bands: { from: number; to: number }[] = [];
  let open: { from: number; to: number } | null = null;
  for (const [index, low] of (lines[0]?.min ?? []).entries()) {
    if (low === null) continue;
    const at = from + index * stepMs;
    if (low > 0) open = null;
    else if (open) open.to = at + stepMs;
    else {
      open = { from: at, to: at + stepMs };
      bands.push(open);
    }
  }
  return bands.map((band) => ({ ...band, severity: "critical", label: "Runs failed" }));
}
