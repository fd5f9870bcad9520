import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { ENDPOINTS, type Endpoint } from "../auth/endpoints";
import { CLIENT_ADDRESS, CLIENT_PROTOCOL } from "../auth/request-headers";
import type { Visitor } from "../auth/visitor";
import { UnityError } from "../errors";
import type { Unity } from "../unity";
import { answerJson } from "./answer-json";
import { noteAuth } from "./note-auth";
import { readBody } from "./read-body";

const MOUNT = "/api/auth";
const FIRST_RUN = "/api/first-run";
/** A passkey's answer has 3 kB. */
const MOST_BYTES = 65_536;

const Setup = z.object({
  name: z.string().max(200),
  username: z.string().max(200),
  password: z.string().max(1_000),
  token: z.string().max(200).optional(),
});
/** Of whoever guesses: what the guesses are counted by. */
const Guess = z.looseObject({ username: z.string().catch("") });

/** How somebody gets in: better-auth's endpoints as far as they are listed, and the first admin. */
export function createAuthHandler(unity: Pick<Unity, "accounts" | "audit" | "log">) {
  const { accounts } = unity;

  async function handle(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    visitor: Visitor,
  ): Promise<void> {
    response.setHeader("cache-control", "no-store");
    if (path === FIRST_RUN)
      return request.method === "POST" ? setUp(request, response, visitor) : refuse(response, 405);
    const name = path.slice(MOUNT.length);
    const endpoint = Object.hasOwn(ENDPOINTS, name) ? ENDPOINTS[name] : undefined;
    if (!endpoint) return refuse(response, 404);
    if (endpoint.method !== request.method) return refuse(response, 405);
    if (endpoint.access === "self" && visitor.via !== "session") return refuse(response, 401);
    const body = await readBody(request, MOST_BYTES);
    if (body === undefined) return refuse(response, 413);
    const answered = await answer(request, { name, endpoint, body, visitor });
    await noteAuth(unity, { name, visitor, guessed: guessedName(body) }, answered);
    await send(request, response, answered, endpoint);
  }

  async function answer(request: IncomingMessage, asked: Asked): Promise<Response> {
    const { name, endpoint, visitor } = asked;
    const made = makeRequest(request, asked);
    if (!endpoint.guessed) return told(await accounts.answer(made), asked);
    const guessed = visitor.name ?? guessedName(asked.body);
    const wait = accounts.limits.waitSeconds(visitor.address, guessed);
    if (wait > 0) return busy(wait, `Too many wrong tries from here. Try again in ${Math.ceil(wait / 60)} min.`);
    const answered = await accounts.limits.take(async () => refuseNotAdmitted(await accounts.answer(made)));
    if (!answered) return busy(5, "Too many people sign in at this moment. Try again in a few seconds.");
    if (answered.ok) accounts.limits.succeeded(visitor.address, guessed);
    // A session that is too old, or a field that is missing, is no guess.
    else if (answered.status === 401 || (answered.status === 400 && name !== "/sign-in/username"))
      accounts.limits.failed(visitor.address, guessed);
    return told(answered, asked);
  }

  /** Who is signed in may be another one now. */
  function told(answered: Response, { endpoint, visitor }: Asked): Response {
    if (answered.ok && (endpoint.signsIn || (visitor.userId !== null && endpoint.method === "POST")))
      accounts.changed();
    return answered;
  }

  async function setUp(request: IncomingMessage, response: ServerResponse, visitor: Visitor): Promise<void> {
    const body = await readBody(request, MOST_BYTES);
    const given = Setup.safeParse(parseJson(body));
    if (!given.success)
      return answerJson(response, 400, { code: "invalid", message: "This is not what the page sends." });
    const { token, ...draft } = given.data;
    const guessed = "the setup token";
    const wait = accounts.limits.waitSeconds(visitor.address, guessed);
    if (wait > 0) return send(request, response, busy(wait, "Too many wrong tries from here."), undefined);
    try {
      await accounts.firstRun.make(draft, { token, local: visitor.fromThisMachine });
    } catch (error) {
      if (!(error instanceof UnityError)) throw error;
      if (error.field === "token") accounts.limits.failed(visitor.address, guessed);
      const details = { reason: error.message };
      unity.audit.record({ who: visitor, action: "first-run", outcome: "refused", details });
      const status = STATUS[error.code] ?? 500;
      return answerJson(response, status, { code: error.code, message: error.message, field: error.field });
    }
    unity.log.info({ username: draft.username, address: visitor.address }, "the first admin was made");
    unity.audit.record({
      who: visitor,
      action: "first-run",
      outcome: "done",
      subject: { id: null, name: draft.username },
    });
    const signIn = { username: draft.username, password: draft.password, rememberMe: true };
    const endpoint = ENDPOINTS["/sign-in/username"] as Endpoint;
    const asked = { name: "/sign-in/username", endpoint, body: Buffer.from(JSON.stringify(signIn)), visitor };
    await send(request, response, told(await accounts.answer(makeRequest(request, asked)), asked), endpoint);
  }

  return { matches: (path: string) => path === FIRST_RUN || path.startsWith(`${MOUNT}/`), handle };
}

interface Asked {
  readonly name: string;
  readonly endpoint: Endpoint;
  readonly body: Buffer;
  readonly visitor: Visitor;
}

const STATUS: Readonly<Record<string, number | undefined>> = {
  invalid: 400,
  forbidden: 403,
  conflict: 409,
  too_many: 429,
};

/** What better-auth is handed: the address that the browser used, few headers, and a body that we looked at. */
function makeRequest(
  { headers, url = "/" }: Pick<IncomingMessage, "headers" | "url">,
  { name, endpoint, body }: Asked,
): Request {
  const protocol = headers[CLIENT_PROTOCOL] === "https" ? "https" : "http";
  const base = `${protocol}://${headers.host ?? "localhost"}`;
  const target = new URL(`${MOUNT}${name}`, URL.canParse(base) ? base : "http://localhost");
  target.search = new URL(url, "http://localhost").search;
  const passed = ["cookie", "origin", "user-agent", CLIENT_ADDRESS].flatMap((key): [string, string][] => {
    const value = headers[key];
    return typeof value === "string" ? [[key, value]] : [];
  });
  if (endpoint.method === "GET") return new Request(target, { headers: passed });
  return new Request(target, {
    method: "POST",
    headers: [...passed, ["content-type", "application/json"]],
    body: JSON.stringify(bodyOf(name, parseJson(body))),
  });
}

/** Only what is meant to be chosen; a new password ends whatever else is open. */
function bodyOf(name: string, given: unknown): unknown {
  if (typeof given !== "object" || given === null) return {};
  const { callbackURL: _, errorCallbackURL: __, newUserCallbackURL: ___, ...body } = given as Record<string, unknown>;
  if (name === "/change-password") return { ...body, revokeOtherSessions: true };
  if (name === "/sign-in/social") {
    const to = "callbackURL" in given ? String(given.callbackURL) : "/";
    return {
      provider: "oidc",
      callbackURL: isOwnPath(to) ? to : "/",
      errorCallbackURL: "/sign-in",
      disableRedirect: true,
    };
  }
  return body;
}

/** A path of this Unity, which no browser takes for another host. */
const isOwnPath = (path: string): boolean => /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(path);

async function send(
  request: Pick<IncomingMessage, "headers">,
  response: ServerResponse,
  answered: Response,
  endpoint: Endpoint | undefined,
): Promise<void> {
  setCookies(request, response, answered.headers.getSetCookie());
  for (const name of ["location", "content-type", "retry-after"]) {
    const value = answered.headers.get(name);
    if (value !== null) response.setHeader(name, value);
  }
  const text = await answered.text();
  if (!endpoint?.signsIn || !answered.ok) return void response.writeHead(answered.status).end(text);
  // The token of the session is in the cookie, where no script sees it.
  const body = parseJson(Buffer.from(text));
  const secondFactor = typeof body === "object" && body !== null && "twoFactorRedirect" in body;
  response.writeHead(answered.status).end(JSON.stringify({ secondFactor }));
}

/** Where the browser's connection is encrypted, its cookies go nowhere else. */
export function setCookies(
  { headers }: Pick<IncomingMessage, "headers">,
  response: ServerResponse,
  cookies: readonly string[],
): void {
  const secure = headers[CLIENT_PROTOCOL] === "https" ? "; Secure" : "";
  for (const cookie of cookies) response.appendHeader("set-cookie", `${cookie}${secure}`);
}

/** Whoever is switched off and proves who it is gets no session, which better-auth takes for a fault of its own. */
async function refuseNotAdmitted(answered: Response): Promise<Response> {
  if (answered.status !== 500 || !/"(FAILED|UNABLE)_TO_CREATE_SESSION"/.test(await answered.clone().text()))
    return answered;
  const body = {
    code: "NOT_ADMITTED",
    message: "This account is switched off. An admin of this Unity can change that.",
  };
  return new Response(JSON.stringify(body), { status: 403, headers: { "content-type": "application/json" } });
}

const busy = (seconds: number, message: string) =>
  new Response(JSON.stringify({ code: "TOO_MANY_TRIES", message }), {
    status: 429,
    headers: { "content-type": "application/json", "retry-after": String(seconds) },
  });

const REFUSALS: Readonly<Record<number, string>> = {
  401: "Sign in first.",
  404: "There is nothing here.",
  405: "This is asked for in another way.",
  413: "This is more than anybody sends here.",
};
const refuse = (response: ServerResponse, status: number) =>
  answerJson(response, status, { code: "refused", message: REFUSALS[status] ?? "" });

const guessedName = (body: Buffer) => Guess.safeParse(parseJson(body)).data?.username ?? "";

function parseJson(body: Buffer | undefined): unknown {
  try {
    return JSON.parse(body?.toString("utf8") || "{}");
  } catch {
    return undefined;
  }
}
