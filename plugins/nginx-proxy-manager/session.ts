import type { z } from "zod";
import {
  type CollectContext,
  CollectError,
  type HttpAnswer,
  type HttpApi,
  holdOffLogin,
  parseAnswer,
  toLabel,
} from "../sdk";
import type { Config } from "./config";
import { Token } from "./shapes";

type Context = CollectContext<Config>;

/** @throws CollectError `permission` for what this user may not see */
export type AskNpm = <T>(path: string, shape: z.ZodType<T>) => Promise<T>;

const TOKEN = "token";
/** A token lives a day. Renewed in time, a token of the settings lasts as long as Unity runs. */
const RENEW_SECONDS = 6 * 3_600;
/** What is answered without a login, or with one that has ended: which of them depends on the route and the version. */
const REFUSALS = [401, 403, 404];
/** Counts of what the user may see. Every user may ask for it, so it tells whether the token is good. */
const CHECK = "/api/reports/hosts";

/** Logs in, or takes the token of an earlier run when it is still good. @throws CollectError `auth` */
export async function openSession(context: Context, api: HttpApi): Promise<AskNpm> {
  const { memory, now, config } = context;
  const kept = memory.recall<string>(TOKEN);
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const isGood = async (token: string) =>
    !REFUSALS.includes((await api.ask(CHECK, { headers: bearer(token), accept: REFUSALS })).status);

  let token = kept?.value ?? config.token;
  if (token === undefined || !(await isGood(token))) {
    token = await holdOffLogin(context, () => logIn(context, api));
    memory.keep(TOKEN, token);
  } else if (kept === undefined || now - kept.at >= RENEW_SECONDS * 1_000) {
    const renewed = await api.ask("/api/tokens", { headers: bearer(token), accept: REFUSALS });
    if (renewed.status === 200) token = parseAnswer(Token, renewed).token ?? token;
    memory.keep(TOKEN, token);
  }
  const headers = bearer(token);
  return async (path, shape) => {
    const answer = await api.ask(path, { headers, accept: [401] });
    if (answer.status !== 401) return parseAnswer(shape, answer);
    throw new CollectError("permission", `${api.base}${path} may not be seen by this user.`);
  };
}

const USER_HINT = "Check the user's e-mail address and password by logging in on the admin page.";

async function logIn({ config }: Context, api: HttpApi): Promise<string> {
  const { username, password } = config;
  if (username === undefined || password === undefined)
    throw new CollectError("auth", `${api.base} no longer takes the token.`, {
      hint: "Tokens end after a day without Unity. A user with its password lasts.",
    });
  const answer = await api.ask("/api/tokens", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ identity: username, secret: password }),
    accept: [400, 401, 403],
  });
  // A wrong password is a malformed request to it.
  if (answer.status >= 400)
    throw new CollectError("auth", `${api.base} refused the login.${saidBy(answer)}`, { hint: USER_HINT });
  const { token, requires_2fa } = parseAnswer(Token, answer);
  if (requires_2fa)
    throw new CollectError("auth", `${api.base} wants a second factor for this user.`, {
      hint: "Make a user of its own for Unity, without two-factor login, that may only view.",
    });
  if (token === undefined) throw new CollectError("parse", `${api.base} gave no token.`);
  return token;
}

/** `{ error: { code, message } }`; the words are few and known, and none repeats what was sent. */
function saidBy({ body }: HttpAnswer): string {
  const said = /"message"\s*:\s*"([^"\\]{1,100})"/.exec(body)?.[1];
  return said === undefined ? "" : ` It said: ${toLabel(said)}.`;
}
