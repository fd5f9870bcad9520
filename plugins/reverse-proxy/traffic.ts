import { toLabel } from "../sdk";
import type { Cap, Context, Reported } from "./source";

/** Totals by entry point, and within it by class of the answer's status: "2xx". */
export type Requests = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** "200" and "404" to "2xx" and "4xx"; what is no status to "other". */
export const classOf = (code: string) => (/^[1-5]/.test(code) ? `${code.slice(0, 1)}xx` : "other");

/** Below this a single failed request would be a large share. Requests a second. */
const BUSY = 1;

/** Reports requests by class, and the share of server errors of those entry points that are busy. */
export function reportRequests(context: Context, report: Reported, cap: Cap, requests: Requests): void {
  const before = context.memory.recall<Record<string, number>>("requests");
  const totals: [string, number][] = [];
  for (const [name, classes] of cap([...requests])) {
    const entrypoint = toLabel(name);
    let whole = 0;
    for (const [codeClass, total] of classes) {
      report("reverse_proxy_requests_total", total, { entrypoint, code_class: codeClass });
      whole += total;
    }
    totals.push([entrypoint, whole]);
    const last = before ? new Map(Object.entries(before.value)).get(entrypoint) : undefined;
    const seconds = before ? (context.now - before.at) / 1_000 : 0;
    if (last !== undefined && seconds > 0 && (whole - last) / seconds > BUSY)
      report("reverse_proxy_server_errors_ratio", { part: classes.get("5xx") ?? 0, whole }, { entrypoint });
  }
  context.memory.keep("requests", Object.fromEntries(totals));
}

export interface Durations {
  readonly seconds: number;
  readonly requests: number;
}

/** Reports the average time of what was answered since the last run, by service. */
export function reportAverages(
  context: Context,
  report: Reported,
  cap: Cap,
  durations: ReadonlyMap<string, Durations>,
): void {
  const before = new Map(Object.entries(context.memory.recall<Record<string, Durations>>("durations")?.value ?? {}));
  const kept: [string, Durations][] = [];
  for (const [name, now] of cap([...durations])) {
    const service = toLabel(name);
    kept.push([service, now]);
    const last = before.get(service);
    if (!last || now.requests <= last.requests || now.seconds < last.seconds) continue;
    const average = (now.seconds - last.seconds) / (now.requests - last.requests);
    report("reverse_proxy_response_time_seconds", average, { service });
  }
  context.memory.keep("durations", Object.fromEntries(kept));
}

export function reportTotals(
  report: Reported,
  cap: Cap,
  metric:
    | "reverse_proxy_received_bytes_total"
    | "reverse_proxy_sent_bytes_total"
    | "reverse_proxy_request_duration_seconds_total"
    | "reverse_proxy_request_duration_count_total"
    | "reverse_proxy_request_errors_total",
  totals: ReadonlyMap<string, number>,
): void {
  for (const [entrypoint, total] of cap([...totals])) report(metric, total, { entrypoint: toLabel(entrypoint) });
}
