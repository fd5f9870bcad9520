import { type HttpApi, hours, type Inventory, toLabel } from "../sdk";
import { urlOf } from "./config";
import { openProxy } from "./open-proxy";
import { numberIn, parseStats, type Row } from "./parse-stats";
import type { Cap, Context, ReadSource, Reported } from "./source";
import { reportRequests, reportTotals } from "./traffic";
import { reportUpstreams, type ServiceUpstreams } from "./upstreams";

/** The version is only on the page for people; it changes with an update. */
const VERSION_SECONDS = hours(1);
const CLASSES = ["1xx", "2xx", "3xx", "4xx", "5xx", "other"];

/** HAProxy, by the CSV of its statistics page: one request, and every HAProxy has it. */
export const readHaproxy: ReadSource = async (context, report, cap) => {
  const page = pageOf(urlOf(context.config));
  const api = openProxy(context, page, {
    503: { reason: "not_found", hint: "Check the path: it is what stats uri says in haproxy.cfg." },
    404: { reason: "not_found", hint: "Check the path: it is what stats uri says in haproxy.cfg." },
  });
  const rows = parseStats((await api.ask(";csv", { headers: { accept: "text/plain" } })).body, api.base);
  const frontends = rows.filter((row) => row.get("svname") === "FRONTEND");
  const backends = rows.filter((row) => row.get("svname") === "BACKEND");
  const servers = rows.filter((row) => row.get("type") === "2");
  reportFrontends(context, report, cap, frontends);
  reportBackends(report, cap, backends);
  reportUpstreams(report, cap, upstreamsOf(servers));
  for (const server of cap(servers)) reportFailures(report, server);
  const version = await readVersion(context, api);
  report("reverse_proxy_info", 1, { type: "haproxy", version });
  return { facts: { proxy: "HAProxy", ...(version === "" ? {} : { version }) }, lists: listServers(cap(servers)) };
};

/** People give the port, the path, or with its query: "/haproxy?stats". */
function pageOf(url: string): string {
  const { pathname, search } = new URL(url);
  const plain = url.replace(/;csv.*$/, "");
  return pathname === "/" && search === "" ? `${plain}/stats` : plain;
}

const nameOf = (row: Row) => row.get("pxname") ?? "";
const serverOf = (row: Row) => row.get("svname") ?? "";

function reportFrontends(context: Context, report: Reported, cap: Cap, frontends: readonly Row[]): void {
  const requests = new Map<string, Map<string, number>>();
  const received = new Map<string, number>();
  const sent = new Map<string, number>();
  for (const row of frontends) {
    const classes = CLASSES.flatMap((name): [string, number][] => {
      const answers = numberIn(row, `hrsp_${name}`);
      const isRare = name === "1xx" || name === "other";
      return answers === undefined || (isRare && answers === 0) ? [] : [[name, answers]];
    });
    // A frontend in TCP mode has connections only.
    if (classes.length > 0) requests.set(nameOf(row), new Map(classes));
    received.set(nameOf(row), numberIn(row, "bin") ?? 0);
    sent.set(nameOf(row), numberIn(row, "bout") ?? 0);
  }
  reportRequests(context, report, cap, requests);
  reportTotals(report, cap, "reverse_proxy_received_bytes_total", received);
  reportTotals(report, cap, "reverse_proxy_sent_bytes_total", sent);
  for (const row of cap(frontends)) {
    const open = numberIn(row, "scur");
    const entrypoint = toLabel(nameOf(row));
    if (open !== undefined) report("reverse_proxy_connections", open, { entrypoint, state: "active" });
  }
}

function reportBackends(report: Reported, cap: Cap, backends: readonly Row[]): void {
  for (const row of cap(backends)) {
    const service = toLabel(nameOf(row));
    const queued = numberIn(row, "qcur");
    const retried = numberIn(row, "wretr");
    const inWork = numberIn(row, "scur");
    const answerMs = numberIn(row, "rtime");
    if (queued !== undefined) report("reverse_proxy_queue_length", queued, { service });
    if (retried !== undefined) report("reverse_proxy_retries_total", retried, { service });
    if (inWork !== undefined) report("reverse_proxy_requests_in_flight", inWork, { server: service });
    // 0 where nothing was answered yet, and in TCP mode.
    if (answerMs) report("reverse_proxy_response_time_seconds", answerMs / 1_000, { service });
  }
}

function upstreamsOf(servers: readonly Row[]): ServiceUpstreams[] {
  const byBackend = new Map<string, Row[]>();
  for (const row of servers) byBackend.set(nameOf(row), [...(byBackend.get(nameOf(row)) ?? []), row]);
  return [...byBackend].map(([service, rows]) => ({
    service,
    upstreams: rows
      .filter((row) => !/^MAINT/.test(row.get("status") ?? ""))
      .map((row) => ({ name: serverOf(row), up: isUp(row.get("status") ?? "") })),
  }));
}

/** "UP 1/3" is going down and still takes requests; DRAIN and NOLB are alive, and take no new sessions on purpose. */
function isUp(status: string): boolean | undefined {
  if (/^(UP|DRAIN|NOLB)/.test(status)) return true;
  return status.startsWith("DOWN") ? false : undefined;
}

function reportFailures(report: Reported, row: Row): void {
  const failed = numberIn(row, "chkfail");
  const labels = { service: toLabel(nameOf(row)), upstream: toLabel(serverOf(row)) };
  if (failed !== undefined) report("reverse_proxy_upstream_failures_total", failed, labels);
}

async function readVersion({ memory, now, signal }: Context, api: HttpApi): Promise<string> {
  const kept = memory.recall<string>("version");
  if (kept && now - kept.at < VERSION_SECONDS * 1_000) return kept.value;
  let version = "";
  try {
    const { body } = await api.ask(";norefresh", { headers: { accept: "text/html" } });
    version = toLabel(/HAProxy version ([\w.+~-]{1,60})/.exec(body)?.[1] ?? "");
  } catch (error) {
    // It may be hidden, and is not worth a word about it: the statistics are there.
    if (signal.aborted) throw error;
  }
  memory.keep("version", version);
  return version;
}

function listServers(servers: readonly Row[]): Inventory["lists"] {
  return {
    upstreams: servers.map((row) => ({
      service: toLabel(nameOf(row)),
      upstream: toLabel(serverOf(row)),
      address: toLabel(row.get("addr") ?? "") || null,
      status: toLabel(row.get("status") ?? ""),
      lastCheck: toLabel(row.get("last_chk") || row.get("check_status") || "") || null,
      backup: row.get("bck") === "1",
    })),
  };
}
