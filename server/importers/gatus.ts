import { z } from "zod";
import { createDraft, type Draft, filled, type Mapped } from "./draft";
import { mapProvider } from "./gatus-alerting";
import { mapConditions } from "./gatus-conditions";
import { secondsOf } from "./go-duration";

/** Gatus' endpoints as instances, its alerting providers as channels. */

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const Endpoint = z.object({
  name: text,
  group: text.optional(),
  enabled: z.boolean().default(true),
  url: text,
  method: text.default("GET"),
  body: text.optional(),
  headers: z.record(z.string(), text).optional(),
  interval: text.optional(),
  conditions: z.array(text).max(100).default([]),
  dns: z.object({ "query-name": text, "query-type": text.default("A") }).optional(),
  graphql: z.boolean().default(false),
  ssh: z.unknown().optional(),
  client: z
    .object({
      insecure: z.boolean().default(false),
      "ignore-redirect": z.boolean().default(false),
      timeout: text.optional(),
      oauth2: z.unknown().optional(),
      "identity-aware-proxy": z.unknown().optional(),
      "proxy-url": text.optional(),
      tunnel: text.optional(),
      "dns-resolver": text.optional(),
      tls: z.unknown().optional(),
    })
    .prefault({}),
  "maintenance-windows": z.array(z.unknown()).default([]),
});
type Endpoint = z.output<typeof Endpoint>;

const File = z.object({
  endpoints: z.array(Endpoint).max(2_000).default([]),
  "external-endpoints": z.array(z.object({ name: text })).default([]),
  suites: z.array(z.object({ name: text })).default([]),
  alerting: z.record(z.string(), z.unknown()).nullish(),
  maintenance: z.unknown().optional(),
});

/** @throws ZodError for what is no configuration of Gatus */
export function mapGatus(given: unknown): Mapped {
  const { endpoints, alerting, maintenance, ...others } = File.parse(given);
  const draft = createDraft();
  for (const endpoint of endpoints) mapEndpoint(draft, endpoint);
  for (const { name } of others["external-endpoints"])
    draft.line({ what: "external endpoint", name, became: [], left: ["Unity asks, and is not told."] });
  for (const { name } of others.suites)
    draft.line({
      what: "suite",
      name,
      became: [],
      left: ["Unity does not go through several requests one after the other."],
    });
  for (const [type, config] of Object.entries(alerting ?? {})) {
    const { channel, title, left } = mapProvider(type, config);
    const became = channel ? [draft.channel(channel, title)] : [];
    draft.line({ what: "alerting", name: type, became, left });
  }
  if (maintenance !== undefined)
    draft.line({ what: "maintenance", name: "", became: [], left: ["Make one under Alerts, Silences."] });
  return draft.done();
}

function mapEndpoint(draft: Draft, endpoint: Endpoint): void {
  const { name, group, enabled, url } = endpoint;
  const found = targetOf(endpoint);
  if ("why" in found) {
    draft.line({ what: "endpoint", name, became: [], left: [found.why] });
    return;
  }
  const seconds = endpoint.interval === undefined ? 60 : secondsOf(endpoint.interval);
  const shared = {
    ...{ name, enabled, tags: group === undefined ? [] : [group] },
    ...(seconds === undefined ? {} : { intervalSeconds: seconds }),
  };
  const became = found.instances.map(({ title, plugin, config, suffix = "" }) =>
    draft.instance({ ...shared, plugin, config, name: `${name}${suffix}` }, title),
  );
  const scheme = endpoint.dns ? "dns" : url.split(":")[0];
  draft.line({ what: `endpoint (${scheme})`, name, became, left: found.left });
}

interface Target {
  readonly title: string;
  readonly plugin: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly suffix?: string;
}
type Found = { readonly instances: readonly Target[]; readonly left: readonly string[] } | { readonly why: string };

function targetOf(endpoint: Endpoint): Found {
  const { url, dns, client } = endpoint;
  if (dns) return mapDns(endpoint, dns);
  if (endpoint.ssh !== undefined) return { why: "Unity runs no command over SSH." };
  if (client.oauth2 !== undefined || client["identity-aware-proxy"] !== undefined || client.tls !== undefined)
    return { why: "Unity does not sign in by OAuth2 or a client certificate there." };
  const scheme = url.split("://")[0]?.toLowerCase();
  const address = scheme === "icmp" ? url.replace(/^icmp/i, "ping") : url;
  if (scheme === "tls" || scheme === "starttls") return mapCertificate(endpoint);
  if (scheme === "http" || scheme === "https") return mapHttp(endpoint);
  if (scheme !== "tcp" && scheme !== "icmp") return { why: `Unity has no plugin for ${scheme?.slice(0, 20)}://.` };
  const { config, left } = mapConditions(endpoint.conditions, scheme);
  return {
    instances: [{ title: "Web service", plugin: "web-service", config: { address, ...timeOut(endpoint), ...config } }],
    left: [...left, ...leftOf(endpoint)],
  };
}

const METHODS = ["GET", "HEAD", "POST", "PUT", "OPTIONS"];

function mapHttp(endpoint: Endpoint): Found {
  const { url, client, headers = {}, graphql } = endpoint;
  const method = graphql ? "POST" : endpoint.method.toUpperCase();
  if (!METHODS.includes(method))
    return { why: `Unity sends no ${method.slice(0, 20)} to look whether something is well.` };
  const sendsBody = method === "POST" || method === "PUT";
  const body = graphql ? JSON.stringify({ query: endpoint.body ?? "" }) : endpoint.body;
  const { config, left } = mapConditions(endpoint.conditions, "http");
  const { shown, secret } = splitHeaders(headers);
  return {
    instances: [
      {
        ...{ title: "Web service", plugin: "web-service" },
        config: {
          address: url,
          ...(method === "GET" ? {} : { method }),
          ...filled({ body: sendsBody ? body : undefined, contentType: sendsBody ? typeOf(headers) : undefined }),
          ...(Object.keys(shown).length > 0 ? { headers: shown } : {}),
          ...(client.insecure ? { tls: { verify: false } } : {}),
          ...(client["ignore-redirect"] ? { followRedirects: false } : {}),
          ...timeOut(endpoint),
          ...config,
        },
      },
    ],
    left: [...left, ...secret, ...leftOf(endpoint)],
  };
}

const typeOf = (headers: Readonly<Record<string, string>>) =>
  Object.entries(headers).find(([name]) => name.toLowerCase() === "content-type")?.[1];

/** Values of the environment that Gatus ran in are not in the file. */
function splitHeaders(headers: Readonly<Record<string, string>>) {
  const all = Object.entries(headers).filter(([name]) => name.toLowerCase() !== "content-type");
  const shown = all.map(([name, value]) => [name, value.includes("${") ? "***" : value] as const);
  const secret = all
    .filter(([, value]) => value.includes("${"))
    .map(([name]) => `The header ${name} is from the environment of Gatus: type it in.`);
  return { shown: Object.fromEntries(shown), secret };
}

function mapDns({ url, client, conditions }: Endpoint, dns: NonNullable<Endpoint["dns"]>): Found {
  const [, host = "", port] = /^(?:dns:\/\/)?(\[[^\]]+\]|[^:/]+)(?::(\d+))?$/.exec(url.trim()) ?? [];
  if (host === "") return { why: "Unity asks a server for a name by its address and port." };
  const { config, left } = mapConditions(conditions, "dns");
  return {
    instances: [
      {
        ...{ title: "DNS", plugin: "dns" },
        config: {
          ...{ type: "resolver", host: host.replace(/^\[|\]$/g, ""), probeNames: [dns["query-name"]] },
          ...(port === undefined ? {} : { port: Number(port) }),
          probeType: dns["query-type"].toUpperCase(),
          ...config,
        },
      },
    ],
    left: [...left, ...(client.tunnel ? ["Its SSH tunnel."] : [])],
  };
}

function mapCertificate({ url, conditions }: Endpoint): Found {
  const { config, left } = mapConditions(conditions, "certificate");
  const [, scheme = "", rest = ""] = /^(\w+):\/\/(.+)$/.exec(url) ?? [];
  const protocol = scheme.toLowerCase() === "tls" ? "" : startTlsOf(rest);
  if (protocol === undefined)
    return { why: "Which protocol says STARTTLS there is not told: add it under Certificates." };
  return {
    instances: [
      { title: "Certificates", plugin: "certificate", config: { targets: [`${protocol}${rest}`], ...config } },
    ],
    left,
  };
}

/** By the port, as Gatus speaks SMTP. */
const startTlsOf = (place: string) => (/:(25|465|587|2525)$/.test(place) ? "smtp://" : undefined);

function timeOut({ client }: Endpoint): { probeTimeoutMs?: number } {
  const seconds = client.timeout === undefined ? undefined : secondsOf(client.timeout);
  return seconds === undefined ? {} : { probeTimeoutMs: Math.min(30_000, Math.max(100, Math.round(seconds * 1_000))) };
}

function leftOf({ client, "maintenance-windows": windows }: Endpoint): string[] {
  return [
    ...(client["proxy-url"] ? ["Its proxy: Unity asks directly."] : []),
    ...(client.tunnel ? ["Its SSH tunnel: Unity asks directly."] : []),
    ...(client["dns-resolver"] ? ["Its DNS server: Unity asks this machine's."] : []),
    ...(windows.length > 0 ? ["Its maintenance windows: make them under Alerts, Silences."] : []),
  ];
}
