import type { IncomingMessage, ServerResponse } from "node:http";
import type { Visitor } from "../auth/visitor";
import { ACTING_TOOLS } from "../mcp/acting";
import type { McpContext } from "../mcp/mcp-server";
import type { Unity } from "../unity";
import { createRequestLimits } from "./api/request-limits";
import { compress } from "./compress";
import { readBody } from "./read-body";

const MCP_PATH = "/mcp";
/** A tool's arguments are a few words. */
const MOST_BYTES = 262_144;

/** Of JSON-RPC 2.0; the last two are free for whoever serves. */
const PARSE_ERROR = -32_700;
const INVALID_REQUEST = -32_600;
const REFUSED = -32_000;
const BROKEN = -32_603;

/**
 * The Model Context Protocol by streamable HTTP (specification 2025-06-18): one message a POST, answered with JSON. There are no sessions
 * and no streams, so that nothing is held for whoever goes away. Its code is loaded with the first message: it takes memory that nobody
 * needs whose Unity no assistant asks.
 */
export function createMcpHandler(unity: Unity) {
  const limits = createRequestLimits(unity.clock);

  async function answer(request: IncomingMessage, response: ServerResponse, visitor: Visitor): Promise<void> {
    if (request.method !== "POST") {
      response.setHeader("allow", "POST");
      return refuse(response, 405, {
        code: REFUSED,
        message: "Messages are sent here by POST. There is no stream to listen to.",
      });
    }
    if (!/^application\/json\b/i.test(request.headers["content-type"] ?? ""))
      return refuse(response, 415, {
        code: INVALID_REQUEST,
        message: "A message is JSON: content-type application/json.",
      });
    const body = await readBody(request, MOST_BYTES);
    if (!body)
      return refuse(response, 413, { code: INVALID_REQUEST, message: `A message has at most ${MOST_BYTES} bytes.` });
    const message = parseJson(body);
    if (message === undefined) return refuse(response, 400, { code: PARSE_ERROR, message: "This is no JSON." });
    if (!isMessage(message))
      return refuse(response, 400, {
        code: INVALID_REQUEST,
        message: "One JSON-RPC message a request; lists of them are not taken.",
      });
    const { waitSeconds, limit } = limits.take(visitor, isActing(message));
    if (waitSeconds > 0) {
      response.setHeader("retry-after", waitSeconds);
      return refuse(response, 429, {
        code: REFUSED,
        message: `That is more than ${limit} calls a minute. Try again in ${waitSeconds} s.`,
      });
    }
    const gone = new AbortController();
    response.once("close", () => gone.abort(new Error("Whoever asked is gone.")));
    const { answerMcp } = await import("../mcp/mcp-server");
    const context: McpContext = { unity, visitor, signal: gone.signal };
    await send(await answerMcp(requestOf(request), message, context), response);
  }

  return {
    matches: (path: string) => path === MCP_PATH,
    async handle(request: IncomingMessage, response: ServerResponse, visitor: Visitor): Promise<void> {
      compress(request, response);
      try {
        await answer(request, response, visitor);
      } catch (error) {
        if (response.destroyed || response.headersSent) return;
        unity.log.error({ err: error }, "a message of an assistant could not be answered");
        refuse(response, 500, { code: BROKEN, message: "Something went wrong inside Unity. Its log has the details." });
      }
    },
  };
}

/** Only what the protocol looks at. Whoever forgot to say that JSON is taken gets it all the same: nothing else is sent. */
function requestOf({ headers }: IncomingMessage): Request {
  const version = headers["mcp-protocol-version"];
  return new Request(`http://unity${MCP_PATH}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      ...(typeof version === "string" ? { "mcp-protocol-version": version } : {}),
    },
  });
}

async function send(answer: Response, response: ServerResponse): Promise<void> {
  const text = await answer.text();
  response.statusCode = answer.status;
  response.setHeader("content-type", answer.headers.get("content-type") ?? "application/json");
  response.setHeader("cache-control", "no-store");
  response.end(text);
}

function refuse(response: ServerResponse, status: number, error: { code: number; message: string }): void {
  response.statusCode = status;
  response.setHeader("content-type", "application/json");
  response.setHeader("cache-control", "no-store");
  response.end(JSON.stringify({ jsonrpc: "2.0", error, id: null }));
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

type Message = Readonly<Record<string, unknown>>;
const isMessage = (given: unknown): given is Message =>
  typeof given === "object" && given !== null && !Array.isArray(given) && Reflect.get(given, "jsonrpc") === "2.0";

function isActing({ method, params }: Message): boolean {
  const name: unknown = typeof params === "object" && params !== null ? Reflect.get(params, "name") : undefined;
  return method === "tools/call" && typeof name === "string" && ACTING_TOOLS.has(name);
}
