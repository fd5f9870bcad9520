import type { z } from "zod";
import type { CollectContext, FetchOptions, HttpAnswer, TlsChoice } from "./context";
import { CollectError, type Reason } from "./errors";
import { printable } from "./printable";

export interface ApiRequest extends Pick<FetchOptions, "method" | "headers" | "body" | "timeoutMs" | "maxBytes"> {
  /** Statuses outside 200 to 299 that are an answer too. */
  readonly accept?: readonly number[] | undefined;
}

export interface HttpApi {
  /** The address paths are put behind: without user, query and trailing slash. */
  readonly base: string;
  /** One answer. @throws CollectError also for a status that is no success, and for a body over the limit */
  ask(path: string, request?: ApiRequest): Promise<HttpAnswer>;
  /** The JSON of one answer, in the schema's shape. @throws CollectError also `parse` */
  read<T>(schema: z.ZodType<T>, path: string, request?: ApiRequest): Promise<T>;
}

/** What a status means where it does not mean the usual. */
export type Refusals = Partial<Record<number, { readonly reason: Reason; readonly hint?: string | undefined }>>;

interface ApiOptions {
  /** With or without a trailing slash or a path prefix. */
  readonly url: string;
  /** Sent with every request, never to another origin. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly tls?: TlsChoice | undefined;
  /** Default 8 MiB. */
  readonly maxBytes?: number | undefined;
  readonly refusals?: Refusals | undefined;
}

const REASONS_OF_STATUS: Readonly<Record<number, Reason>> = {
  401: "auth",
  403: "permission",
  404: "not_found",
  407: "auth",
  429: "rate_limited",
  502: "unreachable",
  503: "unreachable",
  504: "unreachable",
};

/** An API that is asked over HTTP: paths below one address, refusals as reasons. */
export function openApi(context: Pick<CollectContext, "fetch">, options: ApiOptions): HttpApi {
  const { url, headers = {}, tls, refusals = {} } = options;
  const prefix = url.replace(/\/+$/, "");
  const ask = async (path: string, request: ApiRequest = {}) => {
    const { accept = [], ...rest } = request;
    const sent = { ...headers, ...request.headers };
    const answer = await context.fetch(`${prefix}${path}`, {
      tls,
      maxBytes: options.maxBytes,
      ...rest,
      headers: { accept: "application/json", ...sent },
    });
    const fine = (answer.status >= 200 && answer.status < 300) || accept.includes(answer.status);
    if (!fine) throw refusalOf(answer, refusals, Object.values(sent));
    if (answer.truncated)
      throw new CollectError("protocol", `${placeOf(answer.url)} answered more than is read of it.`, {
        hint: "Check that the address is the service's own.",
      });
    return answer;
  };
  return {
    base: withoutUser(prefix),
    ask,
    read: async (schema, path, request) => parseAnswer(schema, await ask(path, request)),
  };
}

/** The JSON of an answer, in the schema's shape. @throws CollectError `parse` */
export function parseAnswer<T>(schema: z.ZodType<T>, { body, url }: Pick<HttpAnswer, "body" | "url">): T {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    throw new CollectError("parse", `${placeOf(url)} did not answer with JSON.`, {
      hint: "Check the address: a login page or another service may stand there.",
      cause: error,
    });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { path = [], message = "" } = parsed.error.issues[0] ?? {};
  throw new CollectError(
    "parse",
    `${placeOf(url)} answered in an unknown shape: ${path.length === 0 ? "" : `${printable(path.map(String).join(".")).slice(0, 100)}: `}${message}.`,
    { cause: parsed.error },
  );
}

function refusalOf({ status, url, body }: HttpAnswer, refusals: Refusals, sent: readonly string[]): CollectError {
  const own = refusals[status];
  const reason = own?.reason ?? REASONS_OF_STATUS[status] ?? "protocol";
  const said = sayingOf(body);
  const quoted = said === "" || sent.some((value) => repeats(said, value)) ? "" : ` It said: ${said}`;
  return new CollectError(reason, `${placeOf(url)} answered ${status}.${quoted}`, { hint: own?.hint });
}

/** What a service says about a refusal: its own words, not a proxy's page. */
function sayingOf(body: string): string {
  const text = textOf(body);
  return typeof text === "string" && !/^\s*</.test(text) ? printable(text.trim().slice(0, 200)) : "";
}

function textOf(body: string): unknown {
  try {
    const said: unknown = JSON.parse(body);
    if (typeof said !== "object" || said === null) return said;
    const known = new Map(Object.entries(said));
    return [known.get("message"), known.get("error")].find((value) => typeof value === "string");
  } catch {
    return body; // Plain text, as many services answer.
  }
}

/** True when a text gives away a header's value, or the token at its end: a service may echo what it refuses. */
function repeats(said: string, value: string): boolean {
  const token = value.split(" ").at(-1) ?? "";
  return token.length >= 4 && said.includes(token);
}

/** An address for people: without user, password and query, which may all hold secrets. */
export function placeOf(address: string): string {
  if (!URL.canParse(address)) return "The address";
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname === "/" ? "" : pathname}`;
}

const withoutUser = (address: string) => placeOf(address).replace(/\/+$/, "");
