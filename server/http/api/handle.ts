import type { IncomingMessage, ServerResponse } from "node:http";
import type { Visitor } from "../../auth/visitor";
import { appRouter } from "../../trpc/router";
import type { Unity } from "../../unity";
import { compress } from "../compress";
import { writeCursor } from "./cursor";
import { writeDocument } from "./document";
import { findPlace } from "./find-operation";
import { DOCUMENT_PATH, isCreate, type Method, MOUNT, type Operation } from "./operations";
import { answerProblem, Problem, problemOf } from "./problem";
import { queryOf, readInput } from "./read-input";
import { createRequestLimits } from "./request-limits";

/**
 * `/api/v1`: the procedures for whoever speaks plain HTTP. It finds the procedure and its input, and nothing else: who may, what is shown,
 * what is valid and what is written down is the procedure's, as over tRPC.
 */
export function createApiHandler(unity: Unity) {
  const limits = createRequestLimits(unity.clock);
  let document: string | undefined;

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    visitor: Visitor,
  ): Promise<void> {
    const method = request.method === "HEAD" ? "GET" : request.method;
    count(response, visitor, method !== "GET");
    if (path === DOCUMENT_PATH) {
      if (method !== "GET") throw notAllowed(["GET"]);
      document ??= JSON.stringify(writeDocument());
      answerText(response, 200, document);
      return;
    }
    const place = findPlace(path);
    if (!place) throw new Problem(404, `There is nothing here. What there is stands in ${DOCUMENT_PATH}.`);
    const operation = place.operations.get(method as Method);
    if (!operation) throw notAllowed([...place.operations.keys()]);
    const input = await readInput(operation, place.params, request);
    const data = await call(operation, input, { unity, visitor }, endOf(response));
    answerData(response, operation, data, request.url ?? path);
  }

  /** @throws Problem when there were too many */
  function count(response: ServerResponse, visitor: Visitor, isChange: boolean): void {
    const { limit, remaining, resetSeconds, waitSeconds } = limits.take(visitor, isChange);
    response.setHeader("ratelimit-limit", limit);
    response.setHeader("ratelimit-remaining", remaining);
    response.setHeader("ratelimit-reset", resetSeconds);
    if (waitSeconds === 0) return;
    const what = isChange ? "changes" : "reads";
    throw new Problem(429, `That is more than ${limit} ${what} a minute. Try again in ${waitSeconds} s.`, {
      headers: { "retry-after": `${waitSeconds}` },
    });
  }

  return {
    async handle(request: IncomingMessage, response: ServerResponse, path: string, visitor: Visitor): Promise<void> {
      compress(request, response);
      try {
        await answer(request, response, path, visitor);
      } catch (error) {
        request.resume();
        // Whoever hung up hears nothing.
        if (response.destroyed || response.headersSent) return;
        const problem = problemOf(error);
        if (!problem) unity.log.error({ err: error, path }, "a request of the API failed");
        answerProblem(
          response,
          problem ?? new Problem(500, "Something went wrong inside Unity. The log has the details."),
        );
      }
    },
  };
}

async function call(
  { procedure, body }: Operation,
  input: unknown,
  context: { readonly unity: Unity; readonly visitor: Visitor },
  signal: AbortSignal,
): Promise<unknown> {
  const caller: unknown = appRouter.createCaller(context, { signal });
  const called = procedure.split(".").reduce<unknown>((at, key) => Reflect.get(at as object, key), caller);
  try {
    // Every procedure is called by its input alone.
    return await (called as (input: unknown) => Promise<unknown>)(input);
  } catch (error) {
    const problem = problemOf(error);
    if (!problem) throw error;
    const { status, message, field, headers } = problem;
    throw new Problem(status, message, { field: fieldOutside(field, body), headers: { ...headers } });
  }
}

/** As whoever sent it knows it: what is wrapped up inside is not what was sent. */
function fieldOutside(field: string | undefined, body: string | undefined): string | undefined {
  if (field?.startsWith("cursor.")) return "cursor";
  return body !== undefined && field?.startsWith(`${body}.`) ? field.slice(body.length + 1) : field;
}

function answerData(
  response: ServerResponse,
  { method, path, procedure, page }: Operation,
  data: unknown,
  url: string,
): void {
  if (data === null) throw new Problem(404, "There is none.");
  if (Array.isArray(data)) {
    answerText(response, 200, JSON.stringify({ items: data, nextCursor: null }));
    return;
  }
  if (page !== undefined) {
    const nextCursor = writeCursor(Reflect.get(data as object, "next"));
    if (nextCursor !== null) response.setHeader("link", `<${nextUrl(url, nextCursor)}>; rel="next"`);
    answerText(response, 200, JSON.stringify({ items: Reflect.get(data as object, page), nextCursor }));
    return;
  }
  const isMade = isCreate({ method, procedure });
  if (isMade)
    response.setHeader("location", `${MOUNT}${path}/${encodeURIComponent(String(Reflect.get(data as object, "id")))}`);
  answerText(response, isMade ? 201 : 200, JSON.stringify(data));
}

/** The same question from a cursor on; relative, because what is before Unity may call it otherwise. */
function nextUrl(url: string, cursor: string): string {
  const parameters = queryOf(url);
  parameters.set("cursor", cursor);
  return `${url.split("?", 1)[0]}?${parameters}`;
}

/** Aborted when whoever asked hangs up. */
function endOf(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}

function answerText(response: ServerResponse, status: number, text: string): void {
  response.statusCode = status;
  response.setHeader("content-type", "application/json");
  response.setHeader("cache-control", "no-store");
  response.end(text);
}

function notAllowed(methods: readonly string[]): Problem {
  const allow = [...methods, ...(methods.includes("GET") ? ["HEAD"] : [])].join(", ");
  return new Problem(405, `Here it answers ${allow}.`, { headers: { allow } });
}
