import { CollectError, type Conversation } from "../sdk";
import { quote } from "./chat";
import type { Login } from "./config";
import { base64 } from "./smtp";

/** More lines than this are no answer: a search finds a message or two. */
const MAX_LINES = 500;
/** A literal is a name here, never a message. */
const MAX_LITERAL_BYTES = 8_192;

/** What came before the tagged line, and what that one says: "OK", "NO" or "BAD" and a text. */
export interface Answer {
  readonly status: string;
  readonly text: string;
  readonly untagged: readonly string[];
}

/** IMAP4rev1 (RFC 3501) as far as a client needs it. */
export interface Imap {
  /** @returns true when the server has let in already */
  greet(): Promise<boolean>;
  ask(command: string): Promise<Answer>;
  /** The same, where anything but OK is a failure. @returns the untagged lines */
  demand(command: string): Promise<readonly string[]>;
  /** In capitals: "IMAP4REV1", "STARTTLS", "AUTH=PLAIN". */
  abilities(): Promise<readonly string[]>;
  logIn(abilities: readonly string[], login: Login): Promise<void>;
}

/** @param where "mail.lab:993" */
export function openImap(conversation: Conversation, where: string): Imap {
  let count = 0;
  const strange = (line: string) => new CollectError("protocol", `${where} does not speak IMAP: ${quote(line)}`);

  /** A line with its literals: "{3}" and the three bytes after the line's end become a quoted string. */
  const readLine = async (): Promise<string> => {
    let line = await conversation.readLine();
    for (let parts = 0; parts < MAX_LINES; parts += 1) {
      const [mark, length] = /\{(\d+)\+?\}$/.exec(line) ?? [];
      if (mark === undefined) return line;
      if (Number(length) > MAX_LITERAL_BYTES) throw strange(line);
      const bytes = await conversation.read(Number(length));
      line = `${line.slice(0, -mark.length)}${quoted(new TextDecoder().decode(bytes))}${await conversation.readLine()}`;
    }
    throw strange(line);
  };
  const finish = async (tag: string): Promise<Answer> => {
    const untagged: string[] = [];
    while (untagged.length < MAX_LINES) {
      const line = await readLine();
      const [, status, text = ""] = line.startsWith(`${tag} `) ? (/^\S+ (OK|NO|BAD)\b ?(.*)$/i.exec(line) ?? []) : [];
      if (status !== undefined) return { status: status.toUpperCase(), text, untagged };
      if (!/^[*+]( |$)/.test(line)) throw strange(line);
      untagged.push(line);
    }
    throw new CollectError("protocol", `${where} answers without end: ${quote(untagged[0] ?? "")}`);
  };
  const begin = async (command: string) => {
    count += 1;
    const tag = `a${count}`;
    await conversation.write(`${tag} ${command}\r\n`);
    return tag;
  };
  const ask = async (command: string) => finish(await begin(command));
  const demand = async (command: string) => {
    const { status, text, untagged } = await ask(command);
    if (status === "OK") return untagged;
    throw new CollectError("protocol", `${where} refused ${command.split(" ", 1)[0]}: ${quote(text)}`);
  };
  /** Without the extension for it, the password waits for the server's "+" (RFC 3501, 6.2.2). */
  const authenticate = async (answer: string) => {
    const tag = await begin("AUTHENTICATE PLAIN");
    const line = await conversation.readLine();
    if (!line.startsWith("+")) return { status: "NO", text: "", untagged: [] };
    await conversation.write(`${answer}\r\n`);
    return finish(tag);
  };
  const enter = async (abilities: readonly string[], { username, password }: Login): Promise<Answer> => {
    const answer = base64(`\0${username}\0${password}`);
    if (abilities.includes("AUTH=PLAIN"))
      return abilities.includes("SASL-IR") ? ask(`AUTHENTICATE PLAIN ${answer}`) : authenticate(answer);
    if (!abilities.includes("LOGINDISABLED")) return ask(`LOGIN ${quoted(username)} ${quoted(password)}`);
    throw new CollectError("auth", `${where} offers no login by password here.`, {
      hint: "Many servers offer it only with TLS: choose starttls or implicit.",
    });
  };
  return {
    ask,
    demand,
    greet: async () => {
      const line = await readLine();
      const [, word] = /^\* (OK|PREAUTH|BYE)\b/i.exec(line) ?? [];
      if (word === undefined) throw strange(line);
      if (word.toUpperCase() === "BYE") throw new CollectError("unreachable", `${where} hangs up: ${quote(line)}`);
      return word.toUpperCase() === "PREAUTH";
    },
    abilities: async () => {
      const lines = await demand("CAPABILITY");
      return lines.flatMap((line) => /^\* CAPABILITY (.*)$/i.exec(line)?.[1]?.toUpperCase().split(" ") ?? []);
    },
    // Answers are not quoted: one might repeat the password.
    logIn: async (abilities, login) => {
      const { status, text } = await enter(abilities, login);
      if (status === "OK") return;
      if (/^\[(UNAVAILABLE|INUSE|LIMIT|SERVERBUG)\]/i.test(text))
        throw new CollectError("unreachable", `${where} cannot let anybody in for now.`);
      throw new CollectError("auth", `${where} refused user and password.`);
    },
  };
}

/** A quoted string (RFC 3501, 4.3); line ends cannot be in one. */
export const quoted = (text: string) => `"${text.replace(/[\r\n]/g, " ").replace(/[\\"]/g, "\\$&")}"`;
