import type { FetchOptions, HttpAnswer } from "../../../plugins/sdk/context";
import { CollectError } from "../../../plugins/sdk/errors";
import { withDeadline } from "./deadline";
import { elapsedMs } from "./elapsed";
import type { Guard } from "./guard";
import { type Hop, type HopAnswer, placeOf, requestOnce } from "./http-hop";

/** For a plugin that names no time-out of its own; the run's signal usually ends it before. */
const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_MAX_BYTES = 8 * 1_024 * 1_024;
const DEFAULT_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Headers that say nothing about who asks. Every other header a plugin sets stays with the origin it was set for. */
const PLAIN_HEADERS = new Set([
  "accept",
  "accept-charset",
  "accept-encoding",
  "accept-language",
  "cache-control",
  "content-type",
  "pragma",
  "user-agent",
]);

/** What a plugin may ask for, and bytes as a body. */
export type FetchRequest = Omit<FetchOptions, "body"> & { readonly body?: string | Uint8Array | undefined };

/** HTTP/1.1 on fresh connections. @throws CollectError; a status code is no error */
export async function fetchUrl(
  address: string,
  options: FetchRequest,
  { signal, guard }: { signal: AbortSignal; guard: Guard },
): Promise<HttpAnswer> {
  const startedAt = performance.now();
  const first = firstHop(address, options);
  const limit = options.maxRedirects ?? DEFAULT_REDIRECTS;
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  return withDeadline({ signal, timeoutMs, where: placeOf(first.url) }, async (inner) => {
    let hop = first;
    for (let redirects = 0; ; redirects += 1) {
      const answer = await requestOnce(hop, guard, inner);
      const next = limit > 0 ? nextHop(hop, answer) : undefined;
      if (!next) return finish(answer, hop.url, redirects, startedAt);
      if (redirects >= limit) {
        throw new CollectError("protocol", `${placeOf(first.url)} redirected more than ${limit} times.`, {
          hint: "Use the address it leads to in the end.",
        });
      }
      if (inner.aborted) throw inner.reason;
      hop = next;
    }
  });
}

function firstHop(address: string, options: FetchRequest): Hop {
  // The URL standard drops line breaks: what is left may be another host than the one that is read.
  const isOneLine = !/[\p{Cc}\u2028\u2029]/u.test(address.trim());
  const url = isOneLine && URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !isWeb(url)) {
    const what = url ? `${url.protocol}//` : "The address";
    throw new CollectError("protocol", `${what} is not an http or https address.`, {
      hint: "Write it as http://host:port/path.",
    });
  }
  const headers = lowerNames(options.headers ?? {});
  if (url.username !== "" || url.password !== "") headers.authorization ??= basicOf(url);
  return {
    url: withoutUser(url),
    method: (options.method ?? "GET").toUpperCase(),
    headers: { accept: "*/*", "accept-encoding": "gzip, deflate, br", "user-agent": "Unity", ...headers },
    body: options.body,
    socketPath: options.socketPath,
    resolve: options.resolve,
    family: options.family,
    tls: options.tls ?? {},
    maxBytes: options.maxBytes ?? DEFAULT_MAX_BYTES,
  };
}

/** The request a redirect asks for, stripped of what belongs to the first origin; undefined when there is none. */
function nextHop(hop: Hop, { status, headers }: HopAnswer): Hop | undefined {
  const { location } = headers;
  if (!REDIRECTS.has(status) || location === undefined) return undefined;
  const from = placeOf(hop.url);
  const target = URL.canParse(location, hop.url.href) ? new URL(location, hop.url.href) : undefined;
  if (!target || !isWeb(target))
    throw new CollectError("protocol", `${from} redirected to something that is not an http or https address.`);
  const url = withoutUser(target);
  const asGet = status === 303 ? hop.method !== "HEAD" : hop.method === "POST" && status < 303;
  const moved: Hop = asGet
    ? { ...hop, url, method: "GET", body: undefined, headers: keepHeaders(hop.headers, isAboutNoBody) }
    : { ...hop, url };
  return url.origin === hop.url.origin ? moved : toStranger(moved, from);
}

function toStranger(hop: Hop, from: string): Hop {
  if (hop.socketPath !== undefined || hop.body !== undefined) {
    throw new CollectError("protocol", `${from} redirected to ${placeOf(hop.url)}, which is another origin.`, {
      hint: "What was sent may be secret, so it is not sent on. Use that address if you trust it.",
    });
  }
  const { verify, caPem } = hop.tls;
  return {
    ...hop,
    resolve: undefined,
    headers: keepHeaders(hop.headers, (name) => PLAIN_HEADERS.has(name)),
    tls: { verify, caPem },
  };
}

function basicOf({ username, password }: URL): string {
  try {
    const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return `Basic ${Buffer.from(pair).toString("base64")}`;
  } catch (error) {
    throw new CollectError("protocol", "User or password of the address has a % that begins no sign.", {
      hint: "Write a % as %25.",
      cause: error,
    });
  }
}

function finish(answer: HopAnswer, url: URL, redirects: number, startedAt: number): HttpAnswer {
  const { tls, timings, ...rest } = answer;
  const total = elapsedMs(startedAt);
  return { ...rest, url: url.href, redirects, timings: { ...timings, total }, ...(tls ? { tls } : {}) };
}

function withoutUser(url: URL): URL {
  if (url.username === "" && url.password === "" && url.hash === "") return url;
  const plain = new URL(url);
  plain.username = "";
  plain.password = "";
  plain.hash = "";
  return plain;
}

const isWeb = (url: URL) => url.protocol === "http:" || url.protocol === "https:";
const isAboutNoBody = (name: string) => !name.startsWith("content-") && name !== "transfer-encoding";
const lowerNames = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
const keepHeaders = (headers: Readonly<Record<string, string>>, keep: (name: string) => boolean) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => keep(name)));
