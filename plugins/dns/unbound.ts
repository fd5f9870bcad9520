import { CollectError, toLabel } from "../sdk";
import { reportCache, reportIfKnown } from "./report-shared";
import type { ReadSource, Reported } from "./source";
import { commandUnbound, controlPlaceOf } from "./unbound-control";

/** Unbound, through its remote control. `stats_noreset` leaves the counters to other readers as they are. */
export const readUnbound: ReadSource = async (context, report) => {
  const stats = parseStats(await commandUnbound(context, "stats_noreset"));
  const queries = stats.get("total.num.queries");
  if (queries === undefined)
    throw new CollectError("parse", `${controlPlaceOf(context)} does not answer as Unbound does.`, {
      hint: "Check that this is the remote control of Unbound.",
    });
  report("dns_queries_total", queries);
  reportCache(report, stats.get("total.num.cachehits"), stats.get("total.num.cachemiss"));
  reportIfKnown(report, "dns_uptime_seconds", stats.get("time.up"));
  reportIfKnown(report, "dns_request_list_exceeded_total", stats.get("total.requestlist.exceeded"));
  // Without a question that had to be looked up there is no average.
  if (stats.get("total.num.recursivereplies"))
    reportIfKnown(report, "dns_query_duration_seconds", stats.get("total.recursion.time.avg"));
  reportExtended(report, stats);

  const version = versionOf(await commandUnbound(context, "status"));
  report("dns_info", 1, { type: "unbound", version });
  return { facts: { server: "Unbound", version, extendedStatistics: stats.has("unwanted.replies") } };
};

/** Only with `extended-statistics: yes`. */
function reportExtended(report: Reported, stats: ReadonlyMap<string, number>): void {
  reportIfKnown(report, "dns_unwanted_replies_total", stats.get("unwanted.replies"));
  reportIfKnown(report, "dns_dnssec_bogus_total", stats.get("num.answer.bogus"));
  const prefix = "num.answer.rcode.";
  for (const [name, value] of stats) {
    // "nodata" is a NOERROR without records, which is counted there already.
    if (name.startsWith(prefix) && name !== `${prefix}nodata`)
      report("dns_answers_total", value, { rcode: toLabel(name.slice(prefix.length)) });
  }
}

/** `total.num.queries=12`, one a line; of names that come twice the first counts. */
function parseStats(lines: readonly string[]): Map<string, number> {
  const stats = new Map<string, number>();
  for (const line of lines) {
    const [, name, value] = /^([a-z][A-Za-z0-9._-]{0,80})=(-?\d+(?:\.\d+)?)$/.exec(line.trim()) ?? [];
    if (name !== undefined && !stats.has(name)) stats.set(name, Number(value));
  }
  return stats;
}

function versionOf(lines: readonly string[]): string {
  const line = lines.find((text) => text.startsWith("version:"));
  return toLabel(line?.slice("version:".length).trim() ?? "");
}
