import { type CollectContext, CollectError, type HttpAnswer, type Reason } from "../sdk";
import type { Config } from "./config";
import { resolveEndpoint, socketPathOf } from "./endpoint";

export interface Engine {
  /** The JSON at a path of the API. @throws CollectError also for a status that is not 200 */
  ask(path: string, options?: { timeoutMs?: number }): Promise<unknown>;
  /** The bare body, of an answer with one JSON object a line. */
  askLines(path: string, options?: { timeoutMs?: number }): Promise<string>;
}

/** A single question; lists and statistics come at once on a healthy engine. */
const ASK_MS = 5_000;
/** A list of 1,000 containers has about 2 MiB; /system/df is longer. */
const MAX_BYTES = 16 * 1_024 * 1_024;

export function openEngine(context: CollectContext<Config>): Engine {
  const { endpoint } = context.config;
  const { baseUrl, options } = resolveEndpoint(context.config);
  const get = async (path: string, timeoutMs = ASK_MS): Promise<HttpAnswer> => {
    const answer = await context
      .fetch(`${baseUrl}${path}`, { ...options, timeoutMs, maxBytes: MAX_BYTES, maxRedirects: 0 })
      .catch((error: unknown) => {
        throw explainFailure(error, endpoint);
      });
    if (answer.status !== 200) throw refusal(answer, path, endpoint);
    return answer;
  };
  return {
    ask: async (path, { timeoutMs } = {}) => {
      const { body, truncated } = await get(path, timeoutMs);
      if (truncated)
        throw new CollectError("protocol", `${path} at ${endpoint} answered more than ${MAX_BYTES / 1_048_576} MiB.`);
      return parseJson(body, path, endpoint);
    },
    askLines: async (path, { timeoutMs } = {}) => (await get(path, timeoutMs)).body,
  };
}

function parseJson(body: string, path: string, endpoint: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new CollectError("parse", `${path} at ${endpoint} did not answer with JSON.`, {
      hint: "Check that the endpoint is Docker's or Podman's, and not another service's.",
      cause: error,
    });
  }
}

/** The doors speak of files and ports in general; here it is known what they are. */
function explainFailure(error: unknown, endpoint: string): unknown {
  if (!(error instanceof CollectError)) return error;
  if (error.reason === "tls" && /alert (bad certificate|certificate required)/i.test(error.message))
    return new CollectError("tls", `${endpoint} does not accept the client certificate, or wants one.`, {
      hint: "Paste a client certificate that its CA has signed, and its key.",
      cause: error,
    });
  const hint = socketPathOf(endpoint) === undefined ? undefined : SOCKET_HINTS[error.reason];
  if (hint === undefined) return error;
  return new CollectError(error.reason, error.message, { hint, cause: error, elapsedMs: error.elapsedMs });
}

const SOCKET_HINTS: Partial<Record<Reason, string>> = {
  permission:
    "Add the user Unity runs as to the group docker and restart Unity, or use a read-only socket proxy (see the README).",
  not_found:
    "Check that Docker is installed and running, and where its socket is. Podman's: systemctl enable --now podman.socket.",
  unreachable: "The socket is there, but nobody listens: start Docker (systemctl start docker).",
};

/** What a status means. The engine puts its reason into `{ message }`. */
function refusal({ status, body }: HttpAnswer, path: string, endpoint: string): CollectError {
  const said = messageOf(body);
  const where = `${path.replace(/\?.*$/, "")} at ${endpoint}`;
  const fail = (reason: Reason, message: string, hint?: string) =>
    new CollectError(reason, `${message}${said === "" ? "" : ` It said: ${said}`}`, { hint });
  if (status === 400 && /HTTP request to an HTTPS server/i.test(said))
    return fail("tls", `${endpoint} speaks TLS.`, "Use tcp://host:2376 with a client certificate, or https://.");
  if (status === 400 && /client version .* is too (new|old)/i.test(said))
    return fail("unsupported_version", `${endpoint} refused the API version.`);
  if (status === 401) return fail("auth", `${where} wants a login.`, "Set the header the proxy asks for.");
  if (status === 403)
    return fail(
      "permission",
      `${where} is forbidden.`,
      "Allow it in the socket proxy: CONTAINERS=1, INFO=1, SYSTEM=1.",
    );
  if (status === 404) return fail("not_found", `${where} is not there.`);
  if (status === 429) return fail("rate_limited", `${where} was asked too often.`);
  if (status === 502 || status === 503 || status === 504)
    return fail("unreachable", `${where} answered ${status}: the proxy does not reach the engine.`);
  return fail("protocol", `${where} answered ${status}.`);
}

function messageOf(body: string): string {
  try {
    const said: unknown = JSON.parse(body);
    if (typeof said === "object" && said !== null && "message" in said && typeof said.message === "string")
      return said.message.slice(0, 300);
  } catch {
    // A proxy answers in text or HTML.
  }
  return /^\s*</.test(body) ? "" : body.trim().slice(0, 200);
}
