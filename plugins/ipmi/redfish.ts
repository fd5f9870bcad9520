import { z } from "zod";
import {
  type CollectContext,
  CollectError,
  type HttpAnswer,
  type HttpApi,
  openApi,
  parseAnswer,
  printable,
} from "../sdk";
import { type Config, placeOf, portOf } from "./config";

/** A resource of the tree, by the path that another one gave. */
export interface Redfish {
  get<T>(schema: z.ZodType<T>, path: string): Promise<T>;
  /** Paths of a collection's members, or with `expand` what they hold, where the service can do that. */
  members(path: string): Promise<{ paths: string[]; whole: boolean }>;
  /** True when there was more than is read in one run. */
  isSpent(): boolean;
}

const Link = z.object({ "@odata.id": z.string() });
export type Link = z.output<typeof Link>;
export const link = () => Link.optional().catch(undefined);

const Collection = z.object({
  Members: z.array(Link.nullable().catch(null)).default([]).catch([]),
  "Members@odata.nextLink": z.string().optional().catch(undefined),
  "@odata.nextLink": z.string().optional().catch(undefined),
});

/** A BMC needs 0.1 to 1 s for each; a big server's tree has thousands of resources. */
const MAX_REQUESTS = 150;
const TIMEOUT_MS = 15_000;
/** Members of one collection. */
const MAX_MEMBERS = 100;
/** Services without sessions, and those that have none left, take the password with every request. */
const NO_SESSIONS = [404, 405, 429, 501, 503];
const SESSIONS = "/redfish/v1/SessionService/Sessions";

/**
 * Reads within a session, and ends it: a BMC has four to eight of them. DMTF DSP0266.
 *
 * @throws CollectError
 */
export async function withRedfish<T>(
  context: CollectContext<Config>,
  read: (redfish: Redfish) => Promise<T>,
): Promise<T> {
  const { headers, tls, username = "", password = "" } = context.config;
  const host = placeOf({ ...context.config, port: portOf(context.config) });
  const api = openApi(context, {
    url: `https://${host}`,
    headers,
    tls,
    refusals: {
      401: {
        reason: "auth",
        hint: "Check the user and the password. Many BMCs lock a user out after some wrong ones.",
      },
      403: { reason: "permission", hint: "Give the user the role ReadOnly, and login by Redfish." },
    },
  });
  const body = JSON.stringify({ UserName: username, Password: password });
  const answer = await api.ask(SESSIONS, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
    accept: [...NO_SESSIONS, 400],
    timeoutMs: TIMEOUT_MS,
  });
  if (answer.status === 400)
    throw new CollectError("auth", `${api.base} does not take the login.`, {
      hint: "Check the user and the password.",
    });
  const token = answer.headers["x-auth-token"];
  if (answer.status < 300 && token === undefined) throw notRedfish(api);
  if (token === undefined) {
    const pair = Buffer.from(`${username}:${password}`).toString("base64");
    return read(openTree(api, { authorization: `Basic ${pair}` }));
  }
  const authorization = { "x-auth-token": token };
  try {
    return await read(openTree(api, authorization));
  } finally {
    await endSession(context, api, answer, authorization);
  }
}

function openTree(api: HttpApi, headers: Readonly<Record<string, string>>): Redfish {
  let left = MAX_REQUESTS;
  const get = async <T>(schema: z.ZodType<T>, path: string): Promise<T> => {
    left -= 1;
    return parseAnswer(schema, await api.ask(safePath(path), { headers, timeoutMs: TIMEOUT_MS }));
  };
  return {
    get,
    members: async (path) => {
      const paths: string[] = [];
      for (let next: string | undefined = path; next !== undefined && left > 0 && paths.length < MAX_MEMBERS; ) {
        const page: z.output<typeof Collection> = await get(Collection, next);
        for (const member of page.Members) if (member) paths.push(member["@odata.id"]);
        next = page["Members@odata.nextLink"] ?? page["@odata.nextLink"];
        if (next === undefined) return { paths: paths.slice(0, MAX_MEMBERS), whole: paths.length <= MAX_MEMBERS };
      }
      return { paths: paths.slice(0, MAX_MEMBERS), whole: false };
    },
    isSpent: () => left <= 0,
  };
}

/** A path is where the service says; never another host's, which would be sent the token. */
function safePath(path: string): string {
  if (/^\/redfish\/[\x21-\x7e]*$/.test(path)) return path;
  throw new CollectError("protocol", `A link leads out of the tree: ${printable(path.slice(0, 100))}`);
}

/** What the answer names, or nothing where it names another place. */
async function endSession(
  context: CollectContext<Config>,
  api: HttpApi,
  { headers }: HttpAnswer,
  authorization: Readonly<Record<string, string>>,
): Promise<void> {
  const path = headers.location?.replace(/^https?:\/\/[^/]+/i, "");
  if (context.signal.aborted || path === undefined || !path.startsWith(`${SESSIONS}/`)) return;
  try {
    await api.ask(safePath(path), { method: "DELETE", headers: authorization, timeoutMs: TIMEOUT_MS });
  } catch (error) {
    // It ends by itself in some minutes; what was read is good.
    if (!(error instanceof CollectError)) throw error;
    context.log.debug("the session was not ended", { reason: error.reason });
  }
}

const notRedfish = (api: HttpApi) =>
  new CollectError("protocol", `${api.base} does not speak Redfish.`, {
    hint: "Check the address: it is the BMC's, not the machine's.",
  });
