import { z } from "zod";
import { toLabel } from "../sdk";
import { baseUrlOf } from "./config";
import { openServer } from "./open-server";
import { reportCache, reportIfKnown } from "./report-shared";
import { counts, text } from "./shapes";
import type { ReadSource } from "./source";

const View = z.object({ resolver: z.object({ cachestats: counts.optional() }).nullish() });
/** What is read of BIND's statistics channel in JSON, version 1 (BIND 9.10 to 9.20). */
const Server = z.object({
  "json-stats-version": z.string(),
  "boot-time": text,
  "current-time": text,
  version: text,
  opcodes: counts,
  rcodes: counts,
  nsstats: counts,
  views: z.record(z.string(), View).nullish().catch(undefined),
});
type Server = z.output<typeof Server>;

/** BIND, through its statistics channel. Counters are missing until they are no longer 0. */
export const readBind: ReadSource = async (context, report) => {
  const api = openServer(context, {
    url: baseUrlOf(context.config),
    refusals: {
      404: { reason: "not_found", hint: "Statistics in JSON need BIND 9.10 or newer, built with libjson-c." },
    },
  });
  const server = await api.read(Server, "/json/v1/server");

  // A name server that was not asked yet has not said how often.
  report("dns_queries_total", find(server.opcodes, "QUERY") ?? 0);
  for (const [rcode, answers] of server.rcodes) {
    // Codes without a name, and those of a later RFC, are all 0 and would be dozens of empty series.
    if (answers > 0 || USUAL.has(rcode)) report("dns_answers_total", answers, { rcode: toLabel(rcode) });
  }
  const caches = cachesOf(server);
  const total = (name: string) => sumOf(caches.map((cache) => find(cache, name)));
  reportCache(report, total("QueryHits") ?? total("CacheHits"), total("QueryMisses") ?? total("CacheMisses"));
  reportIfKnown(report, "dns_cache_evictions_total", total("DeleteLRU"));
  const bootedAt = Date.parse(server["boot-time"] ?? "");
  const saidAt = Date.parse(server["current-time"] ?? "");
  // Both by the server's clock where it tells, which may differ from ours.
  const uptime = ((Number.isFinite(saidAt) ? saidAt : context.now) - bootedAt) / 1_000;
  reportIfKnown(report, "dns_uptime_seconds", uptime);
  const version = toLabel(server.version ?? "");
  report("dns_info", 1, { type: "bind", version });
  return { facts: { server: "BIND", ...(version === "" ? {} : { version }), ...factsOf(server) } };
};

const USUAL = new Set(["NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED"]);

type Counts = Server["opcodes"];
const find = (entries: Counts, name: string) => entries.find(([key]) => key === name)?.[1];

function sumOf(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0);
}

/** `_bind` is the view in which BIND answers for its own version. */
function cachesOf({ views }: Server): Counts[] {
  return Object.entries(views ?? {})
    .filter(([name]) => name !== "_bind")
    .flatMap(([, { resolver }]) => (resolver?.cachestats ? [resolver.cachestats] : []));
}

function factsOf({ nsstats }: Server): Record<string, number> {
  const shown = { recursiveQuestions: "QryRecursion", dropped: "QryDropped" };
  return Object.fromEntries(Object.entries(shown).map(([fact, name]) => [fact, find(nsstats, name) ?? 0]));
}
