import { type ServerResponse, STATUS_CODES } from "node:http";
import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { factsOf } from "../../trpc/error-facts";
import { answerJson } from "../answer-json";
import { isApiPath } from "./operations";

/** What can go wrong, by the HTTP status that says so; the last part of a problem's `type`. */
export const PROBLEMS = {
  400: "invalid",
  401: "unauthorized",
  403: "forbidden",
  404: "not-found",
  405: "method-not-allowed",
  408: "timeout",
  409: "conflict",
  413: "too-large",
  415: "unsupported-media-type",
  429: "too-many-requests",
  499: "closed",
  500: "internal",
  503: "unavailable",
} as const;
type Status = keyof typeof PROBLEMS;

/** Why a request is not answered as it was meant. */
export class Problem extends Error {
  readonly status: Status;
  readonly field: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: Status,
    detail: string,
    { field, headers = {} }: { field?: string | undefined; headers?: Record<string, string> } = {},
  ) {
    super(detail);
    this.status = status;
    this.field = field;
    this.headers = headers;
  }
}

/** What a procedure threw; undefined for what is none of its own and nobody expected. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (!(error instanceof TRPCError)) return undefined;
  const status = getHTTPStatusCodeFromError(error);
  const { message, field } = factsOf(error);
  const headers: Record<string, string> = status === 401 ? { "www-authenticate": 'Bearer realm="Unity"' } : {};
  return new Problem(isStatus(status) ? status : 500, message, { field, headers });
}

/** RFC 9457, with `field` where it is about one of what was sent. */
export function answerProblem(response: ServerResponse, { status, message, field, headers }: Problem): void {
  response.statusCode = status;
  // One by one: what compresses has its say about them, too.
  for (const [name, value] of Object.entries({ ...PROBLEM_HEADERS, ...headers })) response.setHeader(name, value);
  const type = `urn:unity:problem:${PROBLEMS[status]}`;
  const title = STATUS_CODES[status] ?? "Client Closed Request";
  response.end(JSON.stringify({ type, title, status, detail: message, ...(field === undefined ? {} : { field }) }));
}

/** What was refused before anybody looked whom it was for. */
export function answerRefusal(
  response: ServerResponse,
  path: string,
  { status, error }: { readonly status: number; readonly error: string },
): void {
  if (isApiPath(path)) answerProblem(response, new Problem(isStatus(status) ? status : 400, error));
  else answerJson(response, status, { error });
}

const PROBLEM_HEADERS = { "content-type": "application/problem+json", "cache-control": "no-store" };
const isStatus = (status: number): status is Status => status in PROBLEMS;
