import { type CollectContext, CollectError, type Conversation, type Reason } from "../sdk";
import { type Config, placeOf, portOf } from "./config";
import { splitLine } from "./nut-line";

/** A UPS has some hundred variables; a server that goes on for ever is none. */
const MAX_LINES = 5_000;

/** What `ERR` means. Others are UPS by UPS. */
const REFUSALS: Readonly<Record<string, { reason: Reason; says: string; hint: string }>> = {
  "ACCESS-DENIED": {
    reason: "permission",
    says: "does not let this machine read",
    hint: "Check LISTEN in upsd.conf, and the user in upsd.users.",
  },
  "USERNAME-REQUIRED": { reason: "auth", says: "wants a user", hint: "Enter a user of upsd.users." },
  "PASSWORD-REQUIRED": { reason: "auth", says: "wants a password", hint: "Enter a user of upsd.users." },
  "INVALID-USERNAME": { reason: "auth", says: "does not know the user", hint: "Check the user in upsd.users." },
  "INVALID-PASSWORD": { reason: "auth", says: "does not take the password", hint: "Check it in upsd.users." },
  "FEATURE-NOT-CONFIGURED": {
    reason: "tls",
    says: "has no certificate, so TLS is not possible",
    hint: "Set CERTFILE or CERTPATH in upsd.conf, or switch TLS off here.",
  },
  "FEATURE-NOT-SUPPORTED": {
    reason: "tls",
    says: "was built without TLS",
    hint: "Switch TLS off here; read on the same machine or through a tunnel.",
  },
};

/** `ERR <code>`: an answer to one question. */
export class Refused extends CollectError {
  readonly code: string;

  constructor(code: string, place: string) {
    const known = Object.hasOwn(REFUSALS, code) ? REFUSALS[code] : undefined;
    super(known?.reason ?? "protocol", `upsd at ${place} ${known?.says ?? `answered ERR ${code.slice(0, 60)}`}.`, {
      hint: known?.hint,
    });
    this.code = code;
  }
}

export interface NutSession {
  /** What the server calls itself; "" when it does not say. */
  readonly version: string;
  /** Rows of `LIST <what>`, each without the words it begins with. @throws Refused */
  list(what: string): Promise<string[][]>;
  /** Says goodbye; without it upsd writes into its log that a client vanished. */
  close(): Promise<void>;
  /** Hangs up, after something went wrong. */
  abandon(): void;
}

/**
 * Speaks NUT's protocol with upsd. Never LOGIN: that would count this machine among those the server waits for before it
 * shuts the UPS down.
 */
export async function openSession(context: CollectContext<Config>): Promise<NutSession> {
  const { host, starttls, username, password, tls } = context.config;
  const place = placeOf(context.config);
  const stream = await context.connect({ transport: "tcp", host, port: portOf(context.config), tls });
  try {
    if (starttls) {
      await expectOk(stream, "STARTTLS", place);
      await stream.startTls(tls);
    }
    if (username !== undefined && password !== undefined) {
      await expectOk(stream, `USERNAME ${quote(username)}`, place);
      await expectOk(stream, `PASSWORD ${quote(password)}`, place);
    }
    const version = await readVersion(stream);
    return {
      version,
      list: (what) => readList(stream, what, place),
      close: () => sayGoodbye(stream),
      abandon: () => stream.close(),
    };
  } catch (error) {
    stream.close();
    throw error;
  }
}

async function ask(stream: Conversation, question: string): Promise<string> {
  await stream.write(`${question}\n`);
  return stream.readLine();
}

async function expectOk(stream: Conversation, question: string, place: string): Promise<void> {
  const [first, code = ""] = splitLine(await ask(stream, question));
  if (first === "ERR") throw new Refused(code, place);
  if (first !== "OK") throw notNut(place);
}

/** Free text. Servers that only imitate upsd do not know the question. */
async function readVersion(stream: Conversation): Promise<string> {
  const answer = await ask(stream, "VER");
  return answer.startsWith("ERR") ? "" : answer.slice(0, 100);
}

async function readList(stream: Conversation, what: string, place: string): Promise<string[][]> {
  const wanted = splitLine(what);
  const [first, code = ""] = splitLine(await ask(stream, `LIST ${what}`));
  if (first === "ERR") throw new Refused(code, place);
  if (first !== "BEGIN") throw notNut(place);
  const rows: string[][] = [];
  for (;;) {
    const words = splitLine(await stream.readLine());
    if (words[0] === "END") return rows;
    if (words[0] === "ERR") throw new Refused(words[1] ?? "", place);
    if (words[0] !== wanted[0] || rows.length >= MAX_LINES) throw notNut(place);
    rows.push(words.slice(wanted.length));
  }
}

async function sayGoodbye(stream: Conversation): Promise<void> {
  try {
    await ask(stream, "LOGOUT");
  } catch (error) {
    // Everything was read already, so how the farewell went changes nothing.
    if (!(error instanceof CollectError)) throw error;
  } finally {
    stream.close();
  }
}

export const quote = (text: string) => `"${text.replace(/["\\]/g, "\\$&")}"`;

const notNut = (place: string) =>
  new CollectError("protocol", `${place} does not speak NUT's protocol.`, {
    hint: "Check the port (3493), and whether the server is upsd or apcupsd.",
  });
