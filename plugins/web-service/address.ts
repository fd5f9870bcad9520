/** Where a probe goes, and how it is called in lists. */
export type Target =
  | { readonly kind: "http"; readonly url: string; readonly shown: string }
  | { readonly kind: "tcp"; readonly host: string; readonly port: number; readonly shown: string }
  | { readonly kind: "ping"; readonly host: string; readonly shown: string };
export type Kind = Target["kind"];

type Parsed = { readonly ok: true; readonly target: Target } | { readonly ok: false; readonly problem: string };

/** What could be taken for an option of ping is no host. */
const HOST = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}$/;
const IPV6 = /^[0-9A-Fa-f:.]{2,45}(%[A-Za-z0-9_.-]{1,15})?$/;
/** Longer labels are cut: two endpoints that are equal up to here need labels of their own. */
const MAX_SHOWN = 200;

const EXAMPLES = "Write it as https://nas.lab, tcp://db.lab:5432, db.lab:5432 or ping://10.0.0.1.";
const wrong = (problem: string): Parsed => ({ ok: false, problem });
const right = (target: Target): Parsed => ({
  ok: true,
  target: { ...target, shown: target.shown.slice(0, MAX_SHOWN) },
});

/**
 * Reads `https://nas.lab/path`, `tcp://db:5432`, `ping://10.0.0.1`, `host:port` (TCP) and `host/path` (HTTP).
 *
 * @param wanted what the person chose; "auto" goes by the address
 */
export function parseAddress(text: string, wanted: Kind | "auto"): Parsed {
  const trimmed = text.trim();
  const [, scheme = "", rest = ""] = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/(.*)$/s.exec(trimmed) ?? [];
  if (scheme === "") return parseBare(trimmed, wanted);
  const kind = kindOfScheme(scheme.toLowerCase());
  if (!kind) return wrong(`${scheme.slice(0, 20)}:// cannot be probed. ${EXAMPLES}`);
  if (wanted !== "auto" && wanted !== kind)
    return wrong(`${scheme}:// is not ${wanted}: change the kind to auto, or the address.`);
  return kind === "http" ? parseUrl(trimmed) : parseHost(kind, rest.replace(/\/$/, ""));
}

function kindOfScheme(scheme: string): Kind | undefined {
  if (scheme === "http" || scheme === "https") return "http";
  if (scheme === "tcp") return "tcp";
  return scheme === "ping" || scheme === "icmp" ? "ping" : undefined;
}

function parseBare(text: string, wanted: Kind | "auto"): Parsed {
  if (text === "") return wrong(EXAMPLES);
  if (wanted === "http") return parseUrl(`http://${withBrackets(text)}`);
  if (wanted !== "auto") return parseHost(wanted, text);
  const asPort = parseHost("tcp", text);
  return asPort.ok ? asPort : parseUrl(`http://${withBrackets(text)}`);
}

/** 2001:db8::1 alone is an address, not a host with a port. */
const withBrackets = (text: string) => (IPV6.test(text) && text.split(":").length > 2 ? `[${text}]` : text);

function parseUrl(text: string): Parsed {
  if (!URL.canParse(text)) return wrong(`"${text.slice(0, 60)}" is not an address. ${EXAMPLES}`);
  const url = new URL(text);
  if (url.username !== "" || url.password !== "")
    return wrong("The address holds a user or password. Put them into their own fields, where they are kept secret.");
  if (url.port === "0") return wrong("0 is not a port.");
  url.hash = "";
  // Without the query, which may hold a secret.
  const path = url.pathname === "/" ? "" : url.pathname;
  return right({ kind: "http", url: url.href, shown: `${url.origin}${path}` });
}

function parseHost(kind: "tcp" | "ping", text: string): Parsed {
  const [, bracketed, plain, digits] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const alone = kind === "ping" && IPV6.test(text) && text.split(":").length > 2 ? text : undefined;
  const host =
    alone ?? (bracketed === undefined ? asciiHost(plain ?? "") : IPV6.test(bracketed) ? bracketed : undefined);
  if (!host) return wrong(`"${text.slice(0, 60)}" has no usable host. ${EXAMPLES}`);
  const shownHost = host.includes(":") ? `[${host}]` : host;
  if (kind === "ping") {
    if (digits !== undefined) return wrong("A ping goes to a host, not to a port. Use tcp:// to probe a port.");
    return right({ kind, host, shown: `ping://${shownHost}` });
  }
  const port = Number(digits ?? 0);
  if (port < 1 || port > 65_535) return wrong(`A TCP probe needs a port from 1 to 65535: tcp://${shownHost}:5432.`);
  return right({ kind, host, port, shown: `tcp://${shownHost}:${port}` });
}

/** Names with other letters become what DNS knows them by. */
function asciiHost(name: string): string | undefined {
  if (HOST.test(name)) return name;
  if (!URL.canParse(`http://${name}`)) return undefined;
  const url = new URL(`http://${name}`);
  return HOST.test(url.hostname) && url.pathname === "/" && url.username === "" ? url.hostname : undefined;
}
