import type { Config } from "./config";

/**
 * Where a sensor is warm, and where too hot: what its chip says it bears, else the settings. A setting never lies beyond the
 * chip's other limit, or a chip that only names its critical temperature would be too hot before it is warm.
 */
export function limitsOf(
  { max, critical }: { readonly max?: number | undefined; readonly critical?: number | undefined },
  { useChipLimits, warningCelsius, criticalCelsius }: Config,
): { max: number; critical: number } {
  if (!useChipLimits) return { max: warningCelsius, critical: criticalCelsius };
  return {
    max: max ?? Math.min(warningCelsius, critical ?? warningCelsius),
    critical: critical ?? Math.max(criticalCelsius, max ?? criticalCelsius),
  };
}
