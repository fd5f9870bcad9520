import { z } from "zod";
import { CollectError, type HttpAnswer, parseAnswer, toLabel } from "../sdk";
import { openServer } from "./open-server";
import { piholeUrlOf } from "./pihole-address";
import { text } from "./shapes";
import type { Context } from "./source";

/** @throws CollectError */
export type AskPihole = <T>(path: string, shape: z.ZodType<T>) => Promise<T>;

const Login = z.object({
  session: z.object({ valid: z.boolean(), sid: text, totp: z.boolean().nullish(), message: text }),
});
const Refused = z.object({ error: z.object({ message: z.string() }) });

/** The id of the session that is kept between runs; "" when the Pi-hole has no password. */
const SESSION = "session";

const PASSWORD_HINT = "Create an app password in Settings, Web interface / API, and paste it into the settings.";

/**
 * Questions to Pi-hole 6 under one session that lives as long as it is used. Sixteen can exist, each for half an hour, so a
 * login in each run would lock everybody out.
 *
 * @throws CollectError `unsupported_version` when this is an older Pi-hole, or none
 */
export function openPihole6(context: Context): AskPihole {
  const { password } = context.config;
  const url = piholeUrlOf(context.config);
  const api = openServer(context, { url: `${url}/api` });
  const where = `The Pi-hole at ${api.base.replace(/\/api$/, "")}`;
  let sid = context.memory.recall<string>(SESSION)?.value;
  let isFresh = false;

  const refused = (says: string, hint = PASSWORD_HINT) => new CollectError("auth", `${where} ${says}`, { hint });
  const requireNewer = ({ status, body }: HttpAnswer) => {
    // An older one's web server says 404, or shows a page of its own whatever is asked for.
    if (status === 404 || /^\s*</.test(body))
      throw new CollectError("unsupported_version", `${where} does not have the API of version 6.`);
  };
  const logIn = async () => {
    if (password === undefined) throw refused("asks for a password.");
    // A session that was made a moment ago and is not taken: another login would not help.
    if (isFresh) throw refused("does not take the session it has just given.");
    const answer = await api.ask("/auth", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ password }),
      accept: [400, 401, 404, 429],
    });
    requireNewer(answer);
    if (answer.status === 401) throw refused("refused the password.");
    // Without its second factor a login is a malformed request.
    if (answer.status === 400)
      throw refused(`wants more than the password.${saidBy(answer)}`, `With two-factor login: ${PASSWORD_HINT}`);
    if (answer.status === 429)
      throw new CollectError("rate_limited", `${where} lets nobody in for now.${saidBy(answer)}`, {
        hint: "Sessions end after half an hour: log other clients out, or raise webserver.api.max_sessions.",
      });
    const { session } = parseAnswer(Login, answer);
    if (!session.valid) throw refused("refused the password.");
    sid = session.sid ?? "";
    isFresh = true;
    context.memory.keep(SESSION, sid);
  };
  const get = (path: string) => api.ask(path, { headers: sid ? { "X-FTL-SID": sid } : {}, accept: [401, 404] });

  return async (path, shape) => {
    if (sid === undefined && password !== undefined) await logIn();
    let answer = await get(path);
    if (answer.status === 401) {
      await logIn();
      answer = await get(path);
    }
    if (answer.status === 401) throw refused("does not take the session it has just given.");
    if (sid === undefined) requireNewer(answer);
    if (answer.status === 404) throw new CollectError("not_found", `${where} has no ${path}.`);
    return parseAnswer(shape, answer);
  };
}

function saidBy({ body }: HttpAnswer): string {
  try {
    return ` It said: ${toLabel(Refused.parse(JSON.parse(body)).error.message)}.`;
  } catch {
    // A proxy answers in its own way; then there is nothing to repeat.
    return "";
  }
}
