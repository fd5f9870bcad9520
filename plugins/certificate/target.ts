export const PROTOCOLS = ["tls", "smtp", "imap", "pop3", "ldap", "postgres"] as const;
export type Protocol = (typeof PROTOCOLS)[number];

export interface Target {
  readonly host: string;
  readonly port: number;
  readonly protocol: Protocol;
}

/** Schemes of addresses as people know them. Those that end in s are TLS from the start; the others ask for it (STARTTLS). */
const SCHEMES: Readonly<Record<string, readonly [Protocol, number]>> = {
  tls: ["tls", 443],
  https: ["tls", 443],
  smtps: ["tls", 465],
  imaps: ["tls", 993],
  pop3s: ["tls", 995],
  ldaps: ["tls", 636],
  smtp: ["smtp", 25],
  submission: ["smtp", 587],
  imap: ["imap", 143],
  pop3: ["pop3", 110],
  ldap: ["ldap", 389],
  postgres: ["postgres", 5_432],
  postgresql: ["postgres", 5_432],
};
const DEFAULT_PORTS: Readonly<Record<Protocol, number>> = {
  tls: 443,
  smtp: 25,
  imap: 143,
  pop3: 110,
  ldap: 389,
  postgres: 5_432,
};

const HOST = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}$/;
const IPV6 = /^[0-9A-Fa-f:.]{2,45}$/;

export const defaultPort = (protocol: Protocol) => DEFAULT_PORTS[protocol];

/** Reads `nas.lab`, `nas.lab:8443`, `https://nas.lab/path`, `smtp://mail.lab:25` or `[::1]:443`. */
export function parseTarget(text: string): Target | undefined {
  const [, scheme, rest = ""] = /^(?:([A-Za-z0-9]+):\/\/)?([^/?#]*)/.exec(text.trim()) ?? [];
  const key = scheme?.toLowerCase() ?? "tls";
  const known = Object.hasOwn(SCHEMES, key) ? SCHEMES[key] : undefined;
  const [, bracketed, plain, digits] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d{1,5}))?$/.exec(rest) ?? [];
  // 2001:db8::1 without brackets has no port.
  const bare = IPV6.test(rest) && rest.split(":").length > 2 ? rest : undefined;
  const host = bare ?? (bracketed === undefined ? parseHost(plain ?? "") : readIpv6(bracketed));
  if (!known || host === undefined) return undefined;
  const [protocol, port] = known;
  const chosen = digits === undefined ? port : Number(digits);
  return chosen >= 1 && chosen <= 65_535 ? { host, port: chosen, protocol } : undefined;
}

const readIpv6 = (text: string) => (text.includes(":") && IPV6.test(text) ? text : undefined);

/** Names with other letters become what DNS knows them by. */
export function parseHost(name: string): string | undefined {
  if (HOST.test(name) || readIpv6(name) !== undefined) return name;
  if (name.includes("@") || !URL.canParse(`https://${name}`)) return undefined;
  const { hostname, pathname } = new URL(`https://${name}`);
  return pathname === "/" && HOST.test(hostname) ? hostname : undefined;
}

/** "nas.lab:443". The protocol stands in a label of its own where it matters. */
export const describeTarget = ({ host, port }: Pick<Target, "host" | "port">) =>
  host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
