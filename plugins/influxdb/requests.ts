import type { Sample } from "../sdk";
import type { Survey } from "./server";

/** Paths of the query and write interfaces of versions 2 and 3, older ones included. */
const QUERY = /^(\/api\/v[23]\/query.*|\/query)$/;
const WRITE = /^(\/api\/v[23]\/write.*|\/write|\/api\/v1\/prom\/write)$/;

/** Words of version 3 for the class of an answer. */
const CLASSES: Readonly<Record<string, string>> = { ok: "2xx", client_error: "4xx", server_error: "5xx" };
const KNOWN = new Set(["1xx", "2xx", "3xx", "4xx", "5xx"]);

/** Requests by what they were for and how they ended: every path and browser has a series of its own there. */
export function reportRequests({ report }: Pick<Survey, "report">, samples: readonly Sample[]): void {
  const totals = new Map<string, number>();
  for (const { labels, value } of samples) {
    const key = `${kindOf(labels.path ?? "")} ${classOf(labels.status ?? "")}`;
    totals.set(key, (totals.get(key) ?? 0) + value);
  }
  let [client, server] = [0, 0];
  for (const [key, value] of totals) {
    const [kind = "", statusClass = ""] = key.split(" ");
    report("influxdb_http_requests_total", value, { kind, status_class: statusClass });
    if (statusClass === "4xx") client += value;
    if (statusClass === "5xx") server += value;
  }
  if (samples.length === 0) return;
  report("influxdb_http_errors_total", client, { side: "client" });
  report("influxdb_http_errors_total", server, { side: "server" });
}

const kindOf = (path: string) => (QUERY.test(path) ? "query" : WRITE.test(path) ? "write" : "other");

/** "2XX", "204" and "ok" are 2xx. */
function classOf(status: string): string {
  const known = CLASSES[status] ?? status.toLowerCase().replace(/^([1-5])\d\d$/, "$1xx");
  return KNOWN.has(known) ? known : "any";
}
