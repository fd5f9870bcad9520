import { CollectError, type HttpAnswer, type HttpApi, holdOffLogin, placeOf } from "../sdk";
import type { Context } from "./source";

const COOKIE = "cookie";
/** A session lasts 20 minutes, and Vaultwarden allows three logins in five. */
const HINT = "Type the token as on the page /admin: the token itself, not its hash ($argon2...).";

/** The JSON of a page of Vaultwarden's administration, under a session that is kept between runs. @throws CollectError */
export async function askAdmin(context: Context, api: HttpApi, token: string, path: string): Promise<HttpAnswer> {
  const kept = context.memory.recall<string>(COOKIE)?.value;
  const ask = (cookie: string) => api.ask(path, { headers: { cookie }, accept: [401] });
  if (kept !== undefined) {
    const answer = await ask(kept);
    if (answer.status !== 401) return answer;
  }
  return holdOffLogin(context, async () => {
    const cookie = await logIn(context, token);
    context.memory.keep(COOKIE, cookie);
    const answer = await ask(cookie);
    if (answer.status !== 401) return answer;
    throw new CollectError("auth", `${api.base}/admin does not take the session it has just given.`);
  });
}

async function logIn({ config, fetch }: Context, token: string): Promise<string> {
  const url = `${config.url.replace(/\/+$/, "")}/admin`;
  const answer = await fetch(url, {
    method: "POST",
    headers: { ...config.headers, "content-type": "application/x-www-form-urlencoded" },
    // With a page to go to it sends a redirect; without one the page of all settings, which nobody needs here.
    body: new URLSearchParams({ token, redirect: "/users" }).toString(),
    tls: config.tls,
    maxRedirects: 0,
    maxBytes: 1_048_576,
  });
  const where = placeOf(url);
  switch (answer.status) {
    case 401:
      throw new CollectError("auth", `${where} refused the admin token.`, { hint: HINT });
    case 404:
      throw new CollectError("not_found", `${where} is switched off.`, {
        hint: "Set ADMIN_TOKEN in Vaultwarden, or leave the admin token empty here.",
      });
    case 429:
      throw new CollectError("rate_limited", `${where} was logged in to too often.`, {
        hint: "Three logins in five minutes are allowed. It works again by itself.",
      });
  }
  const cookie = /^(VW_ADMIN|BWRS_ADMIN)=[^;\s]+/m.exec(answer.headers["set-cookie"] ?? "")?.[0];
  if (cookie === undefined)
    throw new CollectError("protocol", `${where} answered ${answer.status} and gave no session.`, {
      hint: "A proxy or login page may stand before /admin.",
    });
  return cookie;
}
