import type { HttpAnswer, Report } from "../sdk";
import type { metrics } from "./metrics";

const PHASES = ["dns", "connect", "tls", "ttfb", "transfer"] as const;

/** Where the time of the last request went. Without TLS there is no such phase. */
export function reportPhases(
  report: Report<typeof metrics>,
  endpoint: string,
  { timings, tls }: Pick<HttpAnswer, "timings" | "tls">,
): void {
  for (const phase of PHASES)
    if (phase !== "tls" || tls)
      report("http_probe_phase_duration_seconds", timings[phase] / 1_000, { endpoint, phase });
}
