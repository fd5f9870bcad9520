import { type Inventory, labelItems, type Report, toLabel } from "../sdk";
import type { metrics } from "./metrics";
import { type Host, KINDS, type Kind, type Setup } from "./shapes";

/** @returns the rows of the list, and whether there were more hosts than the limit */
export function reportHosts(
  report: Report<typeof metrics>,
  { hosts }: Setup,
  maxItems: number,
): { rows: NonNullable<Inventory["lists"]>[string]; truncated: boolean } {
  const all = KINDS.flatMap((kind) => (hosts.get(kind) ?? []).map((host) => ({ kind, host })));
  for (const [kind, list] of hosts) {
    const enabled = list.filter(isEnabled).length;
    report("npm_hosts", enabled, { kind, state: "enabled" });
    report("npm_hosts", list.length - enabled, { kind, state: "disabled" });
  }
  const web = all.filter(({ kind, host }) => (kind === "proxy" || kind === "redirection") && isEnabled(host));
  // Each is unknown while its hosts could not be read.
  if (hosts.has("proxy")) report("npm_hosts_without_tls", web.filter(({ host }) => !host.certificate_id).length);
  if (hosts.size > 0)
    report("npm_hosts_config_error", all.filter(({ host }) => isEnabled(host) && isRefused(host)).length);

  const named = labelItems(all, {
    name: ({ kind, host }) => nameOf(kind, host),
    id: ({ kind, host }) => `${kind} ${host.id}`,
  });
  const shown = named.slice(0, maxItems);
  for (const { label, item } of shown) {
    const online = item.host.meta?.nginx_online;
    if (isEnabled(item.host) && typeof online === "boolean")
      report("npm_host_online", online ? 1 : 0, { domain: label, kind: item.kind });
  }
  return { rows: shown.map(({ label, item }) => rowOf(label, item)), truncated: named.length > shown.length };
}

/** Old versions do not say that a host is enabled, because none could be switched off. */
const isEnabled = ({ enabled }: Host) => enabled ?? true;

const isRefused = ({ meta }: Host) => meta?.nginx_online === false || Boolean(meta?.nginx_err);

function nameOf(kind: Kind, host: Host): string {
  if (kind === "stream") return `port ${host.incoming_port ?? "?"}`;
  return host.domain_names?.[0] ?? "";
}

function rowOf(label: string, { kind, host }: { kind: Kind; host: Host }) {
  return {
    host: label,
    kind,
    forwardsTo: toLabel(targetOf(kind, host)) || null,
    domains: toLabel((host.domain_names ?? []).join(", ")) || null,
    tls: kind === "stream" ? null : Boolean(host.certificate_id),
    enabled: isEnabled(host),
    online: host.meta?.nginx_online ?? null,
    error: toLabel(host.meta?.nginx_err ?? "") || null,
  };
}

function targetOf(kind: Kind, host: Host): string {
  switch (kind) {
    case "proxy":
      return host.forward_host
        ? `${host.forward_scheme ?? "http"}://${host.forward_host}:${host.forward_port ?? ""}`
        : "";
    case "redirection":
      return host.forward_domain_name ?? "";
    case "stream":
      return host.forwarding_host ? `${host.forwarding_host}:${host.forwarding_port ?? ""}` : "";
    case "dead":
      return "";
    default:
      return kind satisfies never;
  }
}
