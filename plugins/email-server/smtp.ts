import { CollectError, type Conversation } from "../sdk";
import { quote } from "./chat";
import type { Login } from "./config";

/** More lines than this are no answer. */
const MAX_LINES = 100;

export interface Reply {
  readonly code: number;
  readonly lines: readonly string[];
}

/** SMTP (RFC 5321) as far as a client needs it. */
export interface Smtp {
  greet(): Promise<Reply>;
  /** What the server can, in capitals: "STARTTLS", "AUTH PLAIN LOGIN". */
  hello(name: string): Promise<readonly string[]>;
  ask(line: string): Promise<Reply>;
  /** The same, where anything but the expected code is a failure. */
  demand(line: string, code: number): Promise<Reply>;
}

/** @param where "mail.lab:587" */
export function openSmtp(conversation: Conversation, where: string): Smtp {
  const read = async (): Promise<Reply> => {
    const lines: string[] = [];
    while (lines.length < MAX_LINES) {
      const line = await conversation.readLine();
      lines.push(line);
      const [, code, mark] = /^([2-5]\d\d)([- ]|$)/.exec(line) ?? [];
      if (code === undefined) throw new CollectError("protocol", `${where} does not speak SMTP: ${quote(line)}`);
      if (mark !== "-") return { code: Number(code), lines };
    }
    throw new CollectError("protocol", `${where} answers without end: ${quote(lines[0] ?? "")}`);
  };
  const ask = async (line: string) => {
    await conversation.write(`${line}\r\n`);
    return read();
  };
  const demand = async (line: string, code: number) => {
    const reply = await ask(line);
    if (reply.code === code) return reply;
    throw refusal(where, line.split(/[ :]/, 1)[0] ?? "", reply);
  };
  return {
    ask,
    demand,
    greet: async () => {
      const reply = await read();
      if (reply.code === 220) return reply;
      if (reply.code < 500) throw refusal(where, "the connection", reply);
      throw new CollectError("permission", `${where} refused the connection: ${quote(reply.lines.at(-1) ?? "")}`, {
        hint: "The server wants nothing from this machine: let it in there.",
      });
    },
    hello: async (name) => {
      const { lines } = await demand(`EHLO ${name}`, 250);
      return lines.slice(1).map((line) => line.slice(4).trim().toUpperCase());
    },
  };
}

/** 4xx is for now, 5xx for good. */
const refusal = (where: string, what: string, { code, lines }: Reply) =>
  new CollectError(code < 500 ? "unreachable" : "protocol", `${where} refused ${what}: ${quote(lines.at(-1) ?? "")}`);

/**
 * Logs in (RFC 4954) by PLAIN, or LOGIN where there is no PLAIN. Answers are not quoted: one might repeat the password.
 *
 * @throws CollectError `auth`
 */
export async function logIn(smtp: Smtp, abilities: readonly string[], login: Login, where: string): Promise<void> {
  const offered = abilities.flatMap((line) => (/^AUTH[ =]/.test(line) ? line.slice(5).split(/\s+/) : []));
  const code = await authenticate(smtp, offered, login);
  if (code === undefined)
    throw new CollectError("auth", `${where} offers no login by password here.`, {
      hint: "Many servers offer it only with TLS, and only on the ports 587 and 465.",
    });
  if (code === 235) return;
  if (code === 454 || code === 421)
    throw new CollectError("unreachable", `${where} cannot check passwords for now (${code}).`);
  throw new CollectError("auth", `${where} refused user and password (${code}).`);
}

/** @returns the code of the last answer; undefined when there is no common way */
async function authenticate(
  smtp: Smtp,
  offered: readonly string[],
  { username, password }: Login,
): Promise<number | undefined> {
  if (offered.includes("PLAIN")) return (await smtp.ask(`AUTH PLAIN ${base64(`\0${username}\0${password}`)}`)).code;
  if (!offered.includes("LOGIN")) return undefined;
  for (const [line, expected] of [
    ["AUTH LOGIN", 334],
    [base64(username), 334],
  ] as const) {
    const { code } = await smtp.ask(line);
    if (code !== expected) return code;
  }
  return (await smtp.ask(base64(password))).code;
}

export const base64 = (text: string) => Buffer.from(text).toString("base64");
