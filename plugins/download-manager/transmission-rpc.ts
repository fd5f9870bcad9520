import { z } from "zod";
import { CollectError, openApi, parseAnswer, printable } from "../sdk";
import type { Context } from "./snapshot";

/** A thousand torrents with the fields asked for are about 300 kB. */
const MAX_BYTES = 32 * 1_024 * 1_024;
const SESSION_HEADER = "x-transmission-session-id";

type Arguments = Readonly<Record<string, unknown>>;
export interface TransmissionRpc {
  /** Method, arguments and answer in snake_case, whichever the daemon speaks. */
  call<T>(schema: z.ZodType<T>, method: string, args?: Arguments): Promise<T>;
  /** From now on the words of 4.1: JSON-RPC 2.0. */
  speakNew(): void;
}

/** In the old words `result` is "success" or what went wrong; in the new ones it is the answer itself. */
const Answer = z.object({
  jsonrpc: z.string().optional(),
  result: z.unknown().optional(),
  arguments: z.unknown().optional(),
  error: z.object({ message: z.string().nullish(), code: z.number().nullish() }).nullish(),
});

/** Transmission's RPC: rpc-spec.md of 3.00 and 4.0 (old words), and of 4.1 (JSON-RPC 2.0). */
export function openTransmission(context: Context): TransmissionRpc {
  const { config, memory } = context;
  const { url, username, password, rpcPath, tls, headers } = config;
  const basic: Record<string, string> =
    username === undefined && password === undefined
      ? {}
      : { authorization: `Basic ${Buffer.from(`${username ?? ""}:${password ?? ""}`).toString("base64")}` };
  // An address that already leads to the RPC is taken as it is.
  const whole = url.replace(/\/+$/, "").endsWith(rpcPath);
  const api = openApi(context, {
    url: whole ? url.replace(/\/+$/, "").slice(0, -rpcPath.length) : url,
    tls,
    maxBytes: MAX_BYTES,
    headers: { ...headers, ...basic },
    refusals: {
      403: {
        reason: "permission",
        hint: 'Add this machine to "rpc-whitelist" in Transmission\'s settings.json, with the daemon stopped.',
      },
      421: {
        reason: "permission",
        hint: 'Use the IP address, or add the name to "rpc-host-whitelist" in Transmission\'s settings.json.',
      },
    },
  });
  let isNew = false;

  const post = async (body: string) => {
    const send = (session: string, accept: readonly number[]) =>
      api.ask(rpcPath, {
        method: "POST",
        body,
        accept,
        headers: { "content-type": "application/json", ...(session === "" ? {} : { [SESSION_HEADER]: session }) },
      });
    const answer = await send(memory.recall<string>("session")?.value ?? "", [400, 409]);
    if (answer.status !== 409) return answer;
    // The id is handed out with the refusal, and changes when the daemon restarts.
    const session = answer.headers[SESSION_HEADER] ?? "";
    if (!/^[\x21-\x7e]{1,200}$/.test(session))
      throw new CollectError("protocol", `${api.base}${rpcPath} answered 409 without a session id.`, {
        hint: "Check that the address is Transmission's.",
      });
    memory.keep("session", session);
    return send(session, [400]);
  };

  const fail = (method: string, said: string) =>
    new CollectError("protocol", `Transmission refused ${method}: ${printable(said.slice(0, 200))}.`);

  const callNew = async <T>(schema: z.ZodType<T>, method: string, params: Arguments | undefined): Promise<T> => {
    const answer = await post(JSON.stringify({ jsonrpc: "2.0", method, params, id: 1 }));
    const { result, error } = parseAnswer(Answer, answer);
    if (error) throw fail(method, error.message ?? String(error.code));
    return parseWords(schema, result, answer.url);
  };

  return {
    speakNew: () => {
      isNew = true;
    },
    call: async (schema, method, args = {}) => {
      const params = Object.keys(args).length === 0 ? undefined : args;
      if (isNew) return callNew(schema, method, params);
      const old = method.replaceAll("_", "-");
      const answer = await post(JSON.stringify({ method: old, arguments: toOldWords(params) }));
      const said = parseAnswer(Answer, answer);
      if (said.result === "success") return parseWords(schema, toNewWords(said.arguments), answer.url);
      // A daemon that has forgotten the old words says so in the new ones.
      isNew = said.jsonrpc !== undefined;
      if (isNew) return callNew(schema, method, params);
      if (typeof said.result === "string") throw fail(old, said.result);
      throw new CollectError("parse", `${api.base}${rpcPath} did not answer as Transmission does.`);
    },
  };
}

const parseWords = <T>(schema: z.ZodType<T>, value: unknown, url: string): T =>
  parseAnswer(schema, { body: JSON.stringify(value ?? null), url });

/** Fields of a torrent were written in camelCase. */
function toOldWords(args: Arguments | undefined): Arguments | undefined {
  if (!Array.isArray(args?.fields)) return args;
  const fields = args.fields.map((field) =>
    String(field).replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
  );
  return { ...args, fields };
}

/** kebab-case and camelCase as snake_case, however deep. */
function toNewWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toNewWords);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key.replaceAll("-", "_").replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      toNewWords(entry),
    ]),
  );
}
