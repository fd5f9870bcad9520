import { createDraft, type Draft, filled, type InstanceDraft, type Mapped, tcpAddress } from "./draft";
import { pointerOf, scalarOf } from "./json-path";
import { mapNotification } from "./kuma-notifications";
import type { Kuma, KumaMonitor } from "./kuma-shapes";

/** Uptime Kuma's monitors as instances, its groups and tags as tags, its notifications as channels. */

/** What becomes of one. */
interface Found {
  readonly instance?: { readonly draft: InstanceDraft; readonly title: string };
  readonly left: readonly string[];
}

const TYPES: Readonly<Record<string, (monitor: KumaMonitor) => Found>> = {
  http: mapHttp,
  keyword: mapHttp,
  "json-query": mapHttp,
  port: (monitor) => web(monitor, { address: tcpAddress(monitor.hostname, monitor.port ?? 0) }),
  ping: (monitor) => web(monitor, { address: `ping://${monitor.hostname}` }),
  dns: mapDns,
};

/** Unity has a plugin that sees more than one query does; it wants a user of its own. */
const OWN_PLUGINS: Readonly<Record<string, string>> = {
  postgres: "PostgreSQL",
  mysql: "MySQL / MariaDB",
  mongodb: "MongoDB",
  redis: "Redis / Valkey",
  steam: "Game server",
  gamedig: "Game server",
  "tailscale-ping": "VPN mesh",
  snmp: "Network switch",
  nut: "UPS",
};

export function mapKuma({ monitors, notifications, dockerHosts, others }: Kuma): Mapped {
  const draft = createDraft();
  const byId = new Map(monitors.map((monitor) => [monitor.id, monitor]));
  const dockers = new Map<number | null, KumaMonitor[]>();
  for (const monitor of monitors) {
    if (monitor.type === "docker" && !monitor.upside_down)
      dockers.set(monitor.docker_host, [...(dockers.get(monitor.docker_host) ?? []), monitor]);
    else tellMonitor(draft, monitor, groupsOf(monitor, byId));
  }
  for (const [host, some] of dockers) mapContainers(draft, some, host === null ? undefined : dockerHosts.get(host));
  for (const notification of notifications) {
    const { channel, title, left } = mapNotification(notification);
    const became = channel ? [draft.channel(channel, title)] : [];
    draft.line({ what: "notification", name: notification.name, became, left });
  }
  for (const { what, name } of others)
    draft.line({ what, name, became: [], left: [`Unity has none that could be made of a ${what}: make it by hand.`] });
  return draft.done();
}

function tellMonitor(draft: Draft, monitor: KumaMonitor, groups: readonly string[]): void {
  const { name, type } = monitor;
  const { left, became } = becomesOf(draft, monitor, groups);
  draft.line({ what: `monitor (${type || "of no type"})`, name, became, left });
}

function becomesOf(
  draft: Draft,
  monitor: KumaMonitor,
  groups: readonly string[],
): { readonly left: readonly string[]; readonly became: readonly string[] } {
  const { name, type, interval: intervalSeconds, active } = monitor;
  const notMapped = (...left: readonly string[]) => ({ left, became: [] });
  if (type === "group") return { left: [], became: [`Tag "${name}" on what is in it`] };
  if (monitor.upside_down)
    return notMapped("It is upside down: Unity has no instance that is well while nothing answers.");
  const map = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  if (!map) return notMapped(whyNot(type));
  const { instance, left } = map(monitor);
  if (!instance) return notMapped(...left);
  const tags = [...groups, ...monitor.tags.map((tag) => (tag.value === "" ? tag.name : `${tag.name}:${tag.value}`))];
  const every = intervalSeconds === null ? {} : { intervalSeconds };
  return {
    left,
    became: [draft.instance({ ...instance.draft, ...every, tags, enabled: active }, instance.title)],
  };
}

function whyNot(type: string): string {
  const own = Object.hasOwn(OWN_PLUGINS, type) ? OWN_PLUGINS[type] : undefined;
  if (own) return `Unity's plugin "${own}" sees more than this: add it from the catalogue, with a user of its own.`;
  if (type === "push") return "Unity asks, and is not told: watch what it says by what runs there, or by its log.";
  return "Unity has no plugin for monitors of this type.";
}

/** Outermost first. Somebody may have tied them into a ring. */
function groupsOf({ parent }: KumaMonitor, byId: ReadonlyMap<number, KumaMonitor>): string[] {
  const names: string[] = [];
  const seen = new Set<number>();
  for (let id = parent; id !== null && !seen.has(id); id = byId.get(id)?.parent ?? null) {
    seen.add(id);
    const group = byId.get(id);
    if (group) names.unshift(group.name);
  }
  return names;
}

const MOST_RETRIES = 3;
const LONGEST_MS = 30_000;

function web(monitor: KumaMonitor, config: Readonly<Record<string, unknown>>, left: readonly string[] = []): Found {
  const { name, maxretries, timeout } = monitor;
  const more = {
    ...(maxretries === null ? {} : { retries: Math.min(MOST_RETRIES, Math.max(0, Math.round(maxretries))) }),
    ...(timeout !== null && timeout > 0 ? { probeTimeoutMs: Math.min(LONGEST_MS, Math.round(timeout * 1_000)) } : {}),
  };
  const noted =
    (maxretries ?? 0) > MOST_RETRIES
      ? [`${maxretries} retries are ${MOST_RETRIES}; the alert waits a minute besides.`]
      : [];
  return {
    instance: { draft: { plugin: "web-service", name, config: { ...config, ...more } }, title: "Web service" },
    left: [...left, ...noted],
  };
}

const METHODS = ["GET", "HEAD", "POST", "PUT", "OPTIONS"];

function mapHttp(monitor: KumaMonitor): Found {
  const { url, method, accepted_statuscodes: codes, maxredirects, ignore_tls, auth_method, proxy_id } = monitor;
  const verb = method.toUpperCase() || "GET";
  if (!METHODS.includes(verb)) return { left: [`Unity sends no ${verb} to look whether something is well.`] };
  if (auth_method !== "" && auth_method !== "basic" && auth_method !== "null")
    return { left: [`Unity does not sign in by ${auth_method}.`] };
  const headers = readHeaders(monitor.headers);
  const content = mapContent(monitor);
  const sendsBody = verb === "POST" || verb === "PUT";
  const config = {
    address: url,
    ...(codes.length > 0 ? { expectedStatus: codes } : {}),
    ...(verb === "GET" ? {} : { method: verb }),
    ...filled({
      body: sendsBody ? monitor.body : "",
      contentType: sendsBody && monitor.http_body_encoding === "xml" ? "text/xml" : "",
      username: monitor.basic_auth_user,
      password: monitor.basic_auth_user === "" ? "" : monitor.basic_auth_pass,
    }),
    ...(headers.found ? { headers: headers.found } : {}),
    ...(maxredirects === 0 ? { followRedirects: false } : {}),
    ...(ignore_tls ? { tls: { verify: false } } : {}),
    ...content.config,
  };
  const left = [
    ...content.left,
    ...headers.left,
    ...(proxy_id === null ? [] : ["Its proxy: Unity asks directly."]),
    ...(!sendsBody && monitor.body !== "" ? [`Its body: with ${verb} none is sent.`] : []),
  ];
  return web(monitor, config, left);
}

function readHeaders(text: string): { found?: Record<string, string>; left: string[] } {
  if (text.trim() === "") return { left: [] };
  try {
    const entries = Object.entries(JSON.parse(text) as object).map(([name, value]) => [name, String(value)]);
    return entries.length > 0
      ? { found: Object.fromEntries(entries) as Record<string, string>, left: [] }
      : { left: [] };
  } catch {
    return { left: ["Its headers, which are no JSON."] };
  }
}

/** A text is looked for as it is: only what begins and ends with a slash is a pattern here. */
const literal = (keyword: string) =>
  /^\/.*\/[a-z]*$/s.test(keyword) ? `/${keyword.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")}/` : keyword;

function mapContent(monitor: KumaMonitor): { config: Record<string, unknown>; left: string[] } {
  const { type, keyword, invert_keyword: isInverse } = monitor;
  if (type === "keyword" && keyword !== "")
    return { config: { [isInverse ? "mustNotContain" : "mustContain"]: literal(keyword) }, left: [] };
  if (type !== "json-query") return { config: {}, left: [] };
  const { json_path: path, json_path_operator: operator, expected_value: value } = monitor;
  const op = { "": "eq", "==": "eq", "!=": "ne", ">": "gt", "<": "lt" }[operator];
  const pointer = pointerOf(path);
  if (op !== undefined && pointer !== undefined)
    return { config: { jsonAssert: [{ path: pointer, op, value: scalarOf(value) }] }, left: [] };
  return {
    config: {},
    left: [`What its answer must hold (${path} ${operator || "=="} …): write it under "JSON must hold".`],
  };
}

const RECORDS = ["A", "AAAA", "CNAME", "MX", "NS", "PTR", "SOA", "SRV", "TXT"];

function mapDns({ name, hostname, port, dns_resolve_type: kind, dns_resolve_server: servers }: KumaMonitor): Found {
  const type = kind.toUpperCase() || "A";
  if (!RECORDS.includes(type)) return { left: [`Unity does not ask for records of the type ${type}.`] };
  const [server = "", ...more] = servers.split(",").map((one) => one.trim());
  const config = {
    ...{ type: "resolver", host: server, probeNames: [hostname], probeType: type },
    ...(port === null ? {} : { port }),
  };
  return {
    instance: { draft: { plugin: "dns", name, config }, title: "DNS" },
    left: more.length > 0 ? [`Of its servers only ${server}: add an instance for each.`] : [],
  };
}

/** One instance sees all containers of an engine. */
function mapContainers(draft: Draft, some: readonly KumaMonitor[], daemon: string | undefined): void {
  const include = [...new Set(some.map(({ docker_container: container }) => container).filter(Boolean))];
  const endpoint = daemon === undefined || daemon === "" ? undefined : daemon;
  const name = endpoint === undefined ? "Docker" : `Docker at ${endpoint.replace(/^\w+:\/\//, "")}`;
  const config = { ...(endpoint === undefined ? {} : { endpoint }), include };
  const became = draft.instance(
    { plugin: "docker", name, config, enabled: some.some(({ active }) => active) },
    "Docker / Podman",
  );
  for (const monitor of some)
    draft.line({
      ...{ what: "monitor (docker)", name: monitor.name, became: [became] },
      left: [
        ...(endpoint === undefined ? ["Where its Docker listens is not in the file: the usual socket is used."] : []),
        ...(monitor.active ? [] : ["It is paused there; here all containers of an engine are one instance."]),
      ],
    });
}
