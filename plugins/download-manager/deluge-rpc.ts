import { z } from "zod";
import { CollectError, openApi, parseAnswer, printable } from "../sdk";
import { cookiesOf } from "./cookies";
import type { Context } from "./snapshot";

const MAX_BYTES = 32 * 1_024 * 1_024;
const NOT_AUTHENTICATED = 1;

const Answer = z.object({
  result: z.unknown().optional(),
  error: z.object({ message: z.string().nullish(), code: z.number().nullish() }).nullish(),
});

/** @throws CollectError `protocol` with the method's name when the daemon refuses it */
export type Call = <T>(schema: z.ZodType<T>, method: string, params?: readonly unknown[]) => Promise<T>;

/** JSON-RPC of Deluge's web interface, 1.3 and 2. A session lasts an hour of use, so its cookie is kept. */
export async function openDeluge(context: Context): Promise<Call> {
  const { config, memory } = context;
  const { url, password, tls, headers } = config;
  const api = openApi(context, { url, tls, headers, maxBytes: MAX_BYTES });
  let cookie = memory.recall<string>("cookie")?.value ?? "";

  const post = (method: string, params: readonly unknown[]) =>
    api.ask("/json", {
      method: "POST",
      headers: { "content-type": "application/json", ...(cookie === "" ? {} : { cookie }) },
      body: JSON.stringify({ method, params, id: 1 }),
    });
  const login = async () => {
    const answer = await post("auth.login", [password ?? ""]);
    if (parseAnswer(Answer, answer).result !== true)
      throw new CollectError("auth", "Deluge's web interface did not accept the password.");
    cookie = cookiesOf(answer);
    memory.keep("cookie", cookie);
  };
  const call: Call = async (schema, method, params = []) => {
    let answer = await post(method, params);
    let said = parseAnswer(Answer, answer);
    if (said.error?.code === NOT_AUTHENTICATED) {
      await login();
      answer = await post(method, params);
      said = parseAnswer(Answer, answer);
    }
    if (said.error)
      throw new CollectError(
        "protocol",
        `Deluge refused ${method}: ${printable((said.error.message ?? "").slice(0, 200))}.`,
      );
    return parseAnswer(schema, { body: JSON.stringify(said.result ?? null), url: answer.url });
  };
  if (cookie === "") await login();
  return call;
}
