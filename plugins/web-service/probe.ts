import { type CollectContext, CollectError, type Report } from "../sdk";
import type { Config } from "./config";
import type { Endpoint } from "./endpoints";
import { probeHttp } from "./http";
import type { metrics } from "./metrics";
import { probePing } from "./ping";
import { probeTcp } from "./tcp";
import type { Verdict } from "./verdict";

type Reporter = Report<typeof metrics>;

/** A probed endpoint, or the fault of this side for which nothing is known about it. */
export type Probed =
  | { readonly ok: true; readonly endpoint: Endpoint; readonly verdict: Verdict }
  | { readonly ok: false; readonly endpoint: Endpoint; readonly fault: unknown };

/** Probes one endpoint and reports its readings. Never throws: one endpoint must not fail the others. */
export async function probeEndpoint(
  context: CollectContext<Config>,
  report: Reporter,
  endpoint: Endpoint,
): Promise<Probed> {
  try {
    const verdict = await probeByKind(context, report, endpoint);
    reportVerdict(context, report, endpoint, verdict);
    return { ok: true, endpoint, verdict };
  } catch (fault) {
    return { ok: false, endpoint, fault };
  }
}

function probeByKind(
  context: CollectContext<Config>,
  report: Reporter,
  { target, ...rest }: Endpoint,
): Promise<Verdict> {
  switch (target.kind) {
    case "http":
      return probeHttp(context, report, { ...rest, target });
    case "tcp":
      return probeTcp(context, report, { ...rest, target });
    case "ping":
      return probePing(context, report, { ...rest, target });
    default:
      return target satisfies never;
  }
}

const SUCCESS = { http: "http_probe_success", tcp: "tcp_probe_success", ping: "ping_probe_success" } as const;

function reportVerdict(
  { config }: CollectContext<Config>,
  report: Reporter,
  { label, target }: Endpoint,
  { problems, durationSeconds }: Verdict,
): void {
  const up = problems.length === 0 ? 1 : 0;
  report("endpoint_up", up, { endpoint: label });
  report(SUCCESS[target.kind], up, { endpoint: label });
  if (durationSeconds !== undefined) report("endpoint_duration_seconds", durationSeconds, { endpoint: label });
  for (const { cause, reason, message } of problems) {
    report.partial(reason, message);
    if (target.kind === "http") report("http_probe_failure", 1, { endpoint: label, reason: cause });
  }
  const { maxDurationMs } = config;
  if (durationSeconds !== undefined && maxDurationMs !== undefined && durationSeconds * 1_000 > maxDurationMs)
    report.partial(
      "partial",
      `${label} took ${Math.round(durationSeconds * 1_000)} ms, more than the ${maxDurationMs} ms of the settings.`,
    );
}

/** Tells faults of this side. When nothing is known about any endpoint, or Unity itself is wrong, the run fails. */
export function tellFaults(report: Reporter, probed: readonly Probed[]): void {
  const faults = probed.flatMap((one) => (one.ok ? [] : [one]));
  for (const { fault } of faults)
    if (!(fault instanceof CollectError) || fault.reason === "internal" || faults.length === probed.length) throw fault;
  for (const { endpoint, fault } of faults)
    if (fault instanceof CollectError)
      report.partial(fault.reason, `${endpoint.label} was not probed: ${fault.message} ${fault.hint ?? ""}`.trim());
}
