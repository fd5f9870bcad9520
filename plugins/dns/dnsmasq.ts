import { CollectError, type Inventory, toLabel } from "../sdk";
import { hostPortOf, servicePortOf } from "./config";
import type { AskDns } from "./open-dns";
import { reportCache, reportIfKnown } from "./report-shared";
import type { Context, ReadSource } from "./source";

/** dnsmasq, which answers questions of class CHAOS about itself: see its manual under "bind". */
export const readDnsmasq: ReadSource = async (context, report, askDns) => {
  const hits = await askCount(context, askDns, "hits.bind");
  const misses = await askCount(context, askDns, "misses.bind");
  if (hits === undefined || misses === undefined)
    throw new CollectError("protocol", `${whereOf(context)} does not answer questions about itself.`, {
      hint: "Check that this is dnsmasq, and that no-ident is not set.",
    });
  report("dns_queries_total", hits + misses);
  reportCache(report, hits, misses);
  reportIfKnown(report, "dns_cache_evictions_total", await askCount(context, askDns, "evictions.bind"));
  const [banner = ""] = await askTexts(context, askDns, "version.bind");
  const version = toLabel(banner.replace(/^dnsmasq-/, ""));
  report("dns_info", 1, { type: "dnsmasq", version });
  return { facts: await readFacts(context, askDns, version), lists: await readServers(context, askDns) };
};

function whereOf({ config }: Context): string {
  return hostPortOf({ host: config.host, port: servicePortOf(config) });
}

async function askTexts({ config }: Context, askDns: AskDns, name: string): Promise<readonly string[]> {
  const answered = await askDns({ host: config.host, port: servicePortOf(config), name, type: "TXT", class: "CH" });
  return answered.rcode === "NOERROR" ? answered.answers : [];
}

async function askCount(context: Context, askDns: AskDns, name: string): Promise<number | undefined> {
  const [text = ""] = await askTexts(context, askDns, name);
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

async function readFacts(context: Context, askDns: AskDns, version: string): Promise<Inventory["facts"]> {
  const counted = {
    cacheSize: await askCount(context, askDns, "cachesize.bind"),
    insertions: await askCount(context, askDns, "insertions.bind"),
    answeredWithAuthority: await askCount(context, askDns, "auth.bind"),
  };
  const known = Object.entries(counted).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return { server: "dnsmasq", ...(version === "" ? {} : { version }), ...Object.fromEntries(known) };
}

/** "10.0.0.1#53 120 3": address, questions sent, and those that failed. Without upstreams the answer may be malformed. */
async function readServers(context: Context, askDns: AskDns): Promise<Inventory["lists"]> {
  try {
    const texts = await askTexts(context, askDns, "servers.bind");
    const rows = texts.flatMap((text) => {
      const [, upstream, queries, failed] = /^(\S+) (\d+) (\d+)$/.exec(text) ?? [];
      return upstream === undefined
        ? []
        : [{ upstream: toLabel(upstream), queries: Number(queries), failed: Number(failed) }];
    });
    return { upstreams: rows.slice(0, context.config.maxItems) };
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError) || error.reason !== "protocol") throw error;
    return {};
  }
}
