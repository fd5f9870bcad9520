import { type CollectContext, days, type Inventory, labelItems, type Report, toLabel } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";
import { type Certificate, KINDS, type Setup } from "./shapes";

/** Let's Encrypt's certificates are renewed 30 days before they expire; one with less than this was not. */
const RENEWED_DAYS = 20;
const CRITICAL_DAYS = 7;

type Context = Pick<CollectContext<Config>, "config" | "now">;

/** @returns the rows of the list, and whether there were more certificates than the limit */
export function reportCertificates(
  context: Context,
  report: Report<typeof metrics>,
  setup: Setup,
): { rows: NonNullable<Inventory["lists"]>[string]; truncated: boolean } {
  const certificates = setup.certificates ?? [];
  if (setup.certificates) {
    for (const [provider, number] of countProviders(certificates))
      report("npm_certificates", number, { provider: toLabel(provider) });
  }
  const named = labelItems(certificates, {
    name: ({ nice_name, domain_names }) => nice_name || domain_names?.[0] || "",
    id: ({ id }) => String(id),
  });
  const shown = named.slice(0, context.config.maxItems);
  const users = countUsers(setup);
  const rows = shown.map(({ label, item }) => {
    const expiresAt = parseExpiry(item.expires_on ?? "");
    reportOne(context, report, {
      label,
      certificate: item,
      expiresAt,
      users: users?.get(item.id) ?? (users ? 0 : undefined),
    });
    return {
      certificate: label,
      provider: toLabel(item.provider ?? "") || null,
      domains: toLabel((item.domain_names ?? []).join(", ")) || null,
      expires: expiresAt === undefined ? null : new Date(expiresAt).toISOString(),
      usedBy: users ? (users.get(item.id) ?? 0) : null,
    };
  });
  return { rows, truncated: named.length > shown.length };
}

function reportOne(
  { config, now }: Context,
  report: Report<typeof metrics>,
  seen: { label: string; certificate: Certificate; expiresAt: number | undefined; users: number | undefined },
): void {
  const labels = { certificate: seen.label };
  if (seen.users !== undefined) report("npm_certificate_unused", seen.users === 0 ? 1 : 0, labels);
  if (seen.expiresAt === undefined) return;
  report("npm_certificate_expiry_timestamp_seconds", seen.expiresAt / 1_000, labels);
  report("npm_certificate_remaining_seconds", (seen.expiresAt - now) / 1_000, labels);
  // Nobody misses one that no host uses.
  if (seen.users === 0) return;
  const warningDays =
    seen.certificate.provider === "letsencrypt" ? Math.min(RENEWED_DAYS, config.warningDays) : config.warningDays;
  report("npm_certificate_warning_seconds", days(warningDays), labels);
  report("npm_certificate_critical_seconds", days(Math.min(CRITICAL_DAYS, warningDays)), labels);
}

function countProviders(certificates: readonly Certificate[]): Map<string, number> {
  // Both are there also at zero, so that a chart falls when the last one is deleted.
  const counts = new Map([
    ["letsencrypt", 0],
    ["other", 0],
  ]);
  for (const { provider } of certificates) counts.set(provider || "other", (counts.get(provider || "other") ?? 0) + 1);
  return counts;
}

/** How many hosts use each certificate; undefined while a kind of host could not be read. */
function countUsers({ hosts }: Setup): Map<number, number> | undefined {
  if (!KINDS.every((kind) => hosts.has(kind))) return undefined;
  const users = new Map<number, number>();
  for (const { certificate_id: id } of [...hosts.values()].flat()) if (id) users.set(id, (users.get(id) ?? 0) + 1);
  return users;
}

/** "2026-11-02 08:00:00" is UTC without saying so; some versions write ISO 8601. */
function parseExpiry(text: string): number | undefined {
  const plain = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)$/.exec(text.trim());
  const at = Date.parse(plain ? `${plain[1]}T${plain[2]}Z` : text);
  return Number.isFinite(at) && at > 0 ? at : undefined;
}
