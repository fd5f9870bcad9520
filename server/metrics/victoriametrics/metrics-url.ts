/** Where samples go, when not into the database. Name and password are in `url` only. */
export interface MetricsPlace {
  readonly kind: "victoriametrics";
  /** With a path where the server has one before its own. */
  readonly url: string;
  /** For people and logs: what and where, without the password. */
  readonly shown: string;
}

const SCHEME = "victoriametrics:";
const LIKE = "it is like victoriametrics:http://host:8428";

/**
 * Reads a METRICS_URL: `victoriametrics:` and the address of the server, with user:password@ where it asks for them.
 * @throws Error whose message goes on after "METRICS_URL is given, but", and never repeats what was given
 */
export function parseMetricsUrl(text: string): MetricsPlace {
  if (!text.toLowerCase().startsWith(SCHEME)) throw new Error(`must begin with ${SCHEME}; ${LIKE}`);
  const address = text.slice(SCHEME.length);
  if (!/^https?:\/\/[^/]/i.test(address) || !URL.canParse(address)) throw new Error(`has no address; ${LIKE}`);
  const { protocol, host, pathname, username, password, search, hash } = new URL(address);
  if (search !== "" || hash !== "") throw new Error(`has a ? or # in its address; ${LIKE}`);
  const path = pathname.replace(/\/+$/, "");
  const user = username === "" ? "" : `${username}:${password}@`;
  return {
    kind: "victoriametrics",
    url: `${protocol}//${user}${host}${path}`,
    shown: `VictoriaMetrics at ${protocol}//${host}${path}`,
  };
}
