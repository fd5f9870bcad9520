import { z } from "zod";
import { headerMap, secret, serviceUrl, tlsOptions } from "../sdk";

const TYPES = ["pihole", "adguard", "unbound", "bind", "dnsmasq", "resolver"] as const;
const PROBE_TYPES = ["A", "AAAA", "CNAME", "MX", "NS", "PTR", "SOA", "SRV", "TXT"] as const;

const DEFAULT_URLS: Partial<Record<(typeof TYPES)[number], string>> = {
  pihole: "http://pi.hole",
  adguard: "http://localhost:3000",
  bind: "http://localhost:8053",
};
const UNBOUND_PORT = 8953;
const DNS_PORT = 53;
/** Host names, and addresses to be asked about with PTR; a leading underscore is usual for SRV. */
const NAME = /^(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})(\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,62}))*\.?$/;

const port = () => z.int().min(1).max(65_535);
const pem = (title: string, description: string) =>
  secret().optional().meta({ secret: true, title, description, format: "multiline", advanced: true });

export const config = z
  .object({
    type: z.enum(TYPES).meta({
      title: "Server",
      description: "resolver is any other DNS server: it is asked for names, and nothing more.",
    }),
    url: serviceUrl().optional().meta({
      title: "Address",
      description:
        "Pi-hole and AdGuard Home: of the web interface. BIND: of the statistics channel. Empty: http://pi.hole, port 3000 or 8053 of this machine.",
      placeholder: "http://pi.hole",
    }),
    host: z.string().trim().min(1).max(253).default("127.0.0.1").meta({
      title: "Host",
      description: "Unbound, dnsmasq and resolver.",
      placeholder: "192.168.1.2",
    }),
    port: port()
      .optional()
      .meta({ title: "Port", description: "Empty: 8953 for Unbound's remote control, otherwise 53." }),
    socket: z.string().trim().startsWith("/", "Write the whole path.").optional().meta({
      title: "Socket",
      description: "Of Unbound's remote control, instead of host and port.",
      placeholder: "/run/unbound.ctl",
    }),
    username: z.string().max(200).optional().meta({ title: "User", description: "AdGuard Home." }),
    password: secret()
      .optional()
      .meta({ secret: true, title: "Password", description: "Pi-hole: an app password. Pi-hole 5: its API token." }),
    probeNames: z
      .array(z.string().trim().regex(NAME, "This is no name that DNS knows."))
      .max(20)
      .default(["example.com"])
      .meta({
        title: "Ask for",
        description: "Names the server is asked for in each run, one a line. None: it is not asked.",
        placeholder: "example.com",
      }),
    probeType: z.enum(PROBE_TYPES).default("A").meta({ title: "Record type", advanced: true }),
    probeExpect: z.string().trim().min(1).max(500).optional().meta({
      title: "Expected answer",
      description: "An address, a name, or a part of a text that must be among the answers. Empty: any answer.",
      placeholder: "10.0.0.5",
      advanced: true,
    }),
    probeHost: z.string().trim().min(1).max(253).optional().meta({
      title: "Ask this host",
      description: "Where DNS questions go. Empty: the host of the address.",
      advanced: true,
    }),
    probePort: port().optional().meta({ title: "Ask this port", description: "Empty: 53.", advanced: true }),
    topN: z.int().min(0).max(100).default(0).meta({
      title: "Top domains and clients",
      description: "How many to list, from Pi-hole and AdGuard Home. They tell who looks at what, so 0 is the default.",
      advanced: true,
    }),
    controlKeyPem: pem("Control key", "PEM of unbound_control.key, for Unbound's remote control over TLS."),
    controlCertPem: pem("Control certificate", "PEM of unbound_control.pem."),
    serverCertPem: pem("Server certificate", "PEM of unbound_server.pem."),
    maxItems: z.int().min(1).max(1_000).default(200).meta({ title: "Upstreams at most", advanced: true }),
    headers: headerMap(),
    tls: tlsOptions(),
  })
  .superRefine((settings, issues) => {
    const { type, probeNames, controlKeyPem, controlCertPem, serverCertPem } = settings;
    if (type === "resolver" && probeNames.length === 0)
      issues.addIssue({ code: "custom", path: ["probeNames"], message: "A resolver needs at least one name." });
    const given = [controlKeyPem, controlCertPem, serverCertPem].filter((text) => text !== undefined).length;
    if (given > 0 && given < 3)
      issues.addIssue({
        code: "custom",
        path: ["controlKeyPem"],
        message: "Remote control over TLS needs all three: key, certificate and the server's certificate.",
      });
  });
export type Config = z.output<typeof config>;
export type ConfigInput = z.input<typeof config>;

/** The address of the server's web interface or statistics, without a trailing slash. */
export const baseUrlOf = ({ type, url }: Pick<Config, "type" | "url">) =>
  (url ?? DEFAULT_URLS[type] ?? "http://localhost").replace(/\/+$/, "");

export const usesUrl = (type: Config["type"]) => DEFAULT_URLS[type] !== undefined;

/** The port that is spoken to for statistics: remote control, or DNS itself. */
export const servicePortOf = ({ type, port }: Pick<Config, "type" | "port">) =>
  port ?? (type === "unbound" ? UNBOUND_PORT : DNS_PORT);

/** Where DNS questions go. */
export function probePlaceOf(settings: Config): { host: string; port: number } {
  const { type, host, probeHost, probePort } = settings;
  const own = usesUrl(type) ? new URL(baseUrlOf(settings)).hostname.replace(/^\[(.*)\]$/, "$1") : host;
  const isDns = type === "dnsmasq" || type === "resolver";
  return { host: probeHost ?? own, port: probePort ?? (isDns ? servicePortOf(settings) : DNS_PORT) };
}

export const hostPortOf = ({ host, port }: { host: string; port: number }) =>
  host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
