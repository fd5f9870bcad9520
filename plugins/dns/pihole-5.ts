import { createHash } from "node:crypto";
import { z } from "zod";
import { CollectError, hours, type Inventory, placeOf, readPart, toLabel } from "../sdk";
import { openServer } from "./open-server";
import { piholeUrlOf } from "./pihole-address";
import { remember } from "./remember";
import { reportBlocked, reportIfKnown } from "./report-shared";
import { count, counts, text } from "./shapes";
import type { Context, ReadSource, Reported } from "./source";

const Summary = z.looseObject({
  dns_queries_today: count,
  ads_blocked_today: count,
  domains_being_blocked: count,
  unique_clients: count,
  status: text,
  gravity_last_updated: z.object({ absolute: count }).nullish().catch(undefined),
});
type Summary = z.output<typeof Summary>;

const flag = z.boolean().nullish().catch(undefined);
const Versions = z.object({
  core_current: text,
  web_current: text,
  FTL_current: text,
  core_update: flag,
  web_update: flag,
  FTL_update: flag,
});

const VERSION_SECONDS = hours(1);

/** Pi-hole 5, `/admin/api.php`: one address, the question in its query. */
export const readPihole5: ReadSource = async (context, report) => {
  const summary = await ask(context, "summaryRaw", Summary);
  // A wrong token is answered with an empty list and status 200.
  if (summary === undefined || summary.dns_queries_today === undefined)
    throw new CollectError("auth", `The Pi-hole at ${placeOf(piholeUrlOf(context.config))} wants its API token.`, {
      hint: "Copy the token from Settings, API / Web interface, Show API token, into the password.",
    });
  reportSummary(context, report, summary);
  const facts = await readPart(context, report, () => readVersion(context, report));
  const lists = await readPart(context, report, () => readTop(context));
  return { facts: { server: "Pi-hole 5", ...facts }, lists: { ...lists } };
};

/** @returns undefined for the empty list of somebody without a token */
async function ask<T>(context: Context, question: string, shape: z.ZodType<T>): Promise<T | undefined> {
  const { password } = context.config;
  const api = openServer(context, { url: `${piholeUrlOf(context.config)}/admin` });
  const token = password === undefined ? "" : `&auth=${tokenOf(password)}`;
  return api.read(z.union([z.array(z.unknown()).transform(() => undefined), shape]), `/api.php?${question}${token}`);
}

/** The token is the password, hashed twice. Either may stand in the settings. */
function tokenOf(password: string): string {
  const hash = (value: string) => createHash("sha256").update(value).digest("hex");
  return /^[0-9a-f]{64}$/.test(password) ? password : hash(hash(password));
}

function reportSummary({ now }: Context, report: Reported, summary: Summary): void {
  reportBlocked(report, summary.ads_blocked_today, summary.dns_queries_today);
  reportIfKnown(report, "dns_blocklist_domains", summary.domains_being_blocked);
  reportIfKnown(report, "dns_clients_active", summary.unique_clients);
  if (summary.status === "enabled" || summary.status === "disabled")
    report("dns_blocking_enabled", summary.status === "enabled" ? 1 : 0);
  const updatedAt = summary.gravity_last_updated?.absolute;
  if (updatedAt) report("dns_blocklist_age_seconds", Math.max(0, now / 1_000 - updatedAt));
  for (const [name, replies] of Object.entries(summary)) {
    if (!name.startsWith("reply_")) continue;
    const number = count.parse(replies);
    if (typeof number === "number")
      report("dns_replies_window", number, { type: toLabel(name.slice("reply_".length).toLowerCase()) });
  }
}

async function readVersion(context: Context, report: Reported): Promise<Inventory["facts"]> {
  const versions = await remember(context, "version", VERSION_SECONDS, () => ask(context, "versions", Versions));
  report("dns_info", 1, { type: "pihole", version: toLabel(versions?.FTL_current || versions?.core_current || "") });
  const updates = { core: versions?.core_update, web: versions?.web_update, ftl: versions?.FTL_update };
  for (const [component, isNewer] of Object.entries(updates))
    if (typeof isNewer === "boolean") report("dns_update_available", isNewer ? 1 : 0, { component });
  const known = { core: versions?.core_current, web: versions?.web_current, ftl: versions?.FTL_current };
  return Object.fromEntries(Object.entries(known).flatMap(([name, version]) => (version ? [[name, version]] : [])));
}

async function readTop(context: Context): Promise<Inventory["lists"]> {
  const { topN } = context.config;
  if (topN === 0) return {};
  const items = await ask(context, `topItems=${topN}`, z.object({ top_queries: counts, top_ads: counts }));
  const sources = await ask(context, `getQuerySources=${topN}`, z.object({ top_sources: counts }));
  const domains = (list: [string, number][] = []) =>
    list.slice(0, topN).map(([domain, queries]) => ({ domain: toLabel(domain), queries }));
  return {
    topDomains: domains(items?.top_queries),
    topBlocked: domains(items?.top_ads),
    topClients: (sources?.top_sources ?? []).slice(0, topN).map(([source, queries]) => {
      // "name|address", or the address alone.
      const [name = "", address = name] = source.split("|");
      return { client: toLabel(name), address: toLabel(address), queries };
    }),
  };
}
