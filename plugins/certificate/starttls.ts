import { CollectError, type Conversation } from "../sdk";
import { askLdap } from "./ldap";
import type { Protocol } from "./target";

/** More lines than this before the answer are no greeting. */
const MAX_LINES = 100;
/** SSLRequest (PostgreSQL documentation, "Message Formats"): one letter comes back, S for yes and N for no. */
const SSL_REQUEST = Uint8Array.of(0, 0, 0, 8, 4, 210, 22, 47);

/**
 * Brings a plain conversation to the point where TLS begins, in the words of its protocol.
 *
 * @throws CollectError `tls` when the server has no TLS to offer, `protocol` when it speaks another language
 */
export async function askForTls(
  conversation: Conversation,
  protocol: Exclude<Protocol, "tls">,
  where: string,
): Promise<void> {
  switch (protocol) {
    case "smtp":
      return askSmtp(conversation, where);
    case "imap":
      return askImap(conversation, where);
    case "pop3":
      return askPop3(conversation, where);
    case "postgres":
      return askPostgres(conversation, where);
    case "ldap":
      return askLdap(conversation, where);
    default:
      return protocol satisfies never;
  }
}

/** RFC 3207. */
async function askSmtp(conversation: Conversation, where: string): Promise<void> {
  const greeting = await readReply(conversation, where);
  if (greeting.code !== "220") throw notSpoken(where, "SMTP", greeting.lines[0]);
  await conversation.write("EHLO unity.local\r\n");
  const hello = await readReply(conversation, where);
  if (hello.code !== "250") throw refused(where, "EHLO", hello.lines[0]);
  if (!hello.lines.some((line) => /^250[- ]STARTTLS\b/i.test(line))) throw notOffered(where, "STARTTLS");
  await conversation.write("STARTTLS\r\n");
  const answer = await readReply(conversation, where);
  if (answer.code !== "220") throw refused(where, "STARTTLS", answer.lines[0]);
}

/** A reply of SMTP: lines with a hyphen after the code, the last one without (RFC 5321, 4.2). */
async function readReply(conversation: Conversation, where: string) {
  const lines: string[] = [];
  while (lines.length < MAX_LINES) {
    const line = await conversation.readLine();
    lines.push(line);
    const [, code, mark] = /^(\d{3})([- ]|$)/.exec(line) ?? [];
    if (code === undefined) throw notSpoken(where, "SMTP", line);
    if (mark !== "-") return { code, lines };
  }
  throw notSpoken(where, "SMTP", lines[0]);
}

/** RFC 3501, 6.2.1. */
async function askImap(conversation: Conversation, where: string): Promise<void> {
  const greeting = await conversation.readLine();
  if (!/^\* OK\b/i.test(greeting)) throw notSpoken(where, "IMAP", greeting);
  await conversation.write("a1 STARTTLS\r\n");
  for (let count = 0; count < MAX_LINES; count += 1) {
    const line = await conversation.readLine();
    if (/^a1 OK\b/i.test(line)) return;
    if (/^a1 /i.test(line)) throw refused(where, "STARTTLS", line);
    if (!line.startsWith("* ")) throw notSpoken(where, "IMAP", line);
  }
  throw notSpoken(where, "IMAP", greeting);
}

/** RFC 2595, 4. */
async function askPop3(conversation: Conversation, where: string): Promise<void> {
  const greeting = await conversation.readLine();
  if (!greeting.startsWith("+OK")) throw notSpoken(where, "POP3", greeting);
  await conversation.write("STLS\r\n");
  const answer = await conversation.readLine();
  if (!answer.startsWith("+OK")) throw refused(where, "STLS", answer);
}

async function askPostgres(conversation: Conversation, where: string): Promise<void> {
  await conversation.write(SSL_REQUEST);
  const answer = String.fromCharCode(...(await conversation.read(1)));
  if (answer === "N") throw notOffered(where, "ssl = on");
  if (answer !== "S") throw notSpoken(where, "PostgreSQL's protocol", answer);
}

const notOffered = (where: string, what: string) =>
  new CollectError("tls", `${where} offers no TLS (${what}).`, { hint: "Switch TLS on in the server's settings." });

const refused = (where: string, what: string, answer: string | undefined) =>
  new CollectError("tls", `${where} refused ${what}: ${show(answer)}`, {
    hint: "Look into the server's log and settings of TLS.",
  });

const notSpoken = (where: string, language: string, answer: string | undefined) =>
  new CollectError("protocol", `${where} does not speak ${language}: ${show(answer)}`, {
    hint: "Check the port, and whether it is TLS from the start (then leave the protocol out).",
  });

const show = (answer: string | undefined) => JSON.stringify((answer ?? "").slice(0, 100));
