import type { IncomingMessage } from "node:http";
import { readBody } from "../read-body";
import type { Operation } from "./operations";
import { Problem } from "./problem";
import { inputFieldsOf, requireProcedure } from "./procedures";
import { readQuery } from "./read-query";

/** As over tRPC. */
const MAX_BODY_BYTES = 1_048_576;

type Input = Readonly<Record<string, unknown>>;

/** @param params what stood in the path: it is meant before anything of the same name. @throws Problem for what cannot be read */
export async function readInput(
  operation: Operation,
  params: Readonly<Record<string, string>>,
  request: IncomingMessage,
): Promise<Input | undefined> {
  const { method, procedure, page } = operation;
  const taken = new Set(Object.keys(params));
  const query = queryOf(request.url ?? "");
  const isRead = method === "GET";
  const asked = readQuery(query, isRead ? inputFieldsOf(procedure) : { properties: {} }, {
    isPaged: page !== undefined,
    taken,
  });
  const sent = !isRead && takesBody(operation) ? await readJson(request) : {};
  if (isRead || !takesBody(operation)) request.resume();
  if (!requireProcedure(procedure).input) return undefined;
  return operation.body === undefined ? { ...asked, ...sent, ...params } : { [operation.body]: sent, ...params };
}

/** From the first "?" on; further ones are part of it. */
export const queryOf = (url: string): URLSearchParams =>
  new URLSearchParams(url.includes("?") ? url.slice(url.indexOf("?") + 1) : "");

/** Whether there is anything to say beside what stands in the path. */
export function takesBody({ method, path, procedure, body, bodySchema }: Operation): boolean {
  if (method === "GET") return false;
  if (body !== undefined || bodySchema) return true;
  return Object.keys(inputFieldsOf(procedure).properties).some((name) => !path.includes(`{${name}}`));
}

/** @returns nothing in it where nothing was sent */
async function readJson(request: IncomingMessage): Promise<Input> {
  const { "content-type": type = "", "content-encoding": encoding = "identity" } = request.headers;
  if (encoding !== "identity") throw unsupported(request, "Send the body as it is, not compressed.");
  const bytes = await readBody(request, MAX_BODY_BYTES);
  if (!bytes)
    throw new Problem(413, `A body has at most ${MAX_BODY_BYTES} bytes.`, { headers: { connection: "close" } });
  if (bytes.length === 0) return {};
  if (!/^application\/json *(;|$)/i.test(type)) throw unsupported(request, "Send the body as application/json.");
  const sent = parse(bytes);
  if (typeof sent !== "object" || sent === null || Array.isArray(sent))
    throw new Problem(400, "The body is a JSON object.");
  return sent as Input;
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw Object.assign(new Problem(400, "The body is not valid JSON in UTF-8."), { cause });
  }
}

function unsupported(request: IncomingMessage, detail: string): Problem {
  request.resume();
  return new Problem(415, detail, { headers: { accept: "application/json" } });
}
