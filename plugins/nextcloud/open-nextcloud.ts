import { type CollectContext, CollectError, type HttpAnswer, openApi, parseAnswer, placeOf, toLabel } from "../sdk";
import type { Config } from "./config";
import { Envelope, Info, Status } from "./parse";

const INFO = "/ocs/v2.php/apps/serverinfo/api/v1/info?format=json";
const MAINTENANCE = 503;
const NOT_FOUND = 404;
/** OCS's own words for a login that is refused, and for what is not there. */
const OCS_UNAUTHORISED = [401, 997];
const OCS_NOT_FOUND = [404, 998];

const APP_HINT = "Switch the app serverinfo (Monitoring) on: occ app:enable serverinfo";

export interface Nextcloud {
  /** Without logging in. */
  readStatus(): Promise<Status>;
  /** @throws CollectError also `unreachable` when maintenance began meanwhile */
  readInfo(extra?: string, timeoutMs?: number): Promise<{ info: Info; answer: HttpAnswer }>;
}

export function openNextcloud(context: CollectContext<Config>): Nextcloud {
  const { url, tls, headers } = context.config;
  const api = openApi(context, {
    url,
    tls,
    headers: { ...headers, "ocs-apirequest": "true" },
    refusals: {
      401: { reason: "auth", hint: loginHint(context.config) },
      412: { reason: "protocol", hint: "Something between here and Nextcloud drops the header OCS-APIRequest." },
      404: { reason: "not_found", hint: APP_HINT },
    },
  });
  return {
    readStatus: async () => {
      const answer = await api.ask("/status.php", { accept: [MAINTENANCE, NOT_FOUND] });
      if (answer.status === NOT_FOUND)
        throw new CollectError("not_found", `${placeOf(answer.url)} is not there.`, {
          hint: "Check the address: the folder Nextcloud is installed in is part of it.",
        });
      return parseAnswer(Status, answer);
    },
    readInfo: async (extra = "", timeoutMs) => {
      const answer = await api.ask(`${INFO}${extra}`, { headers: loginHeaders(context.config), timeoutMs });
      return { info: openEnvelope(answer, context.config), answer };
    },
  };
}

function loginHeaders({ auth, token, username, password }: Config): Record<string, string> {
  if (auth === "token") return { "nc-token": token ?? "" };
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}` };
}

const loginHint = ({ auth }: Config) =>
  auth === "token"
    ? "Set the token again: occ config:app:set serverinfo token --value …"
    : "The account must be an administrator's, and the password an app password.";

function openEnvelope(answer: HttpAnswer, config: Config): Info {
  const { meta, data } = parseAnswer(Envelope, answer).ocs;
  const said = meta.message ? ` It said: ${toLabel(meta.message)}` : "";
  if (OCS_UNAUTHORISED.includes(meta.statuscode))
    throw new CollectError("auth", `${placeOf(answer.url)} refused the login.${said}`, { hint: loginHint(config) });
  if (OCS_NOT_FOUND.includes(meta.statuscode))
    throw new CollectError("not_found", `${placeOf(answer.url)} is not there.${said}`, { hint: APP_HINT });
  const parsed = Info.safeParse(data);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.map(String).join(".") ?? "";
  throw new CollectError("parse", `${placeOf(answer.url)} answered in an unknown shape: ${toLabel(where)}.`);
}
