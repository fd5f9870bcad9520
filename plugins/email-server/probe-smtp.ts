import { CollectError, type Conversation, toLabel } from "../sdk";
import { chat, holdOff, judgeTls, reportDurations, secure } from "./chat";
import type { Server } from "./config";
import type { Context, Notes, Reporter } from "./parts";
import type { Letter, RoundTrip, SendOutcome } from "./round-trip";
import { logIn, openSmtp, type Smtp } from "./smtp";

/** Greets, encrypts, logs in, and hands in the round trip's letter when one is due. @throws CollectError */
export async function probeSmtp(
  context: Context,
  report: Reporter,
  server: Server,
  { roundTrip, notes }: { roundTrip: RoundTrip; notes: Notes },
): Promise<void> {
  let isUp = false;
  try {
    await chat(context, server, async (conversation) => {
      judgeTls(context, report, server, conversation);
      const smtp = openSmtp(conversation, server.where);
      const { lines } = await smtp.greet();
      notes.facts.smtpGreeting = toLabel(lines[0]?.slice(4) ?? "");
      const greetingMs = conversation.waitedMs;
      const abilities = await meet(context, report, server, { conversation, smtp });
      notes.facts.smtpTls = conversation.tls?.protocol ?? "none";
      isUp = true;
      const loginMs = await enter(context, report, server, { conversation, smtp, abilities });
      await roundTrip.send((letter) => handIn(smtp, letter));
      await leave(context, () => smtp.ask("QUIT"));
      reportDurations(report, server, conversation, { greetingMs, loginMs });
    });
  } finally {
    report("mail_smtp_up", isUp ? 1 : 0);
  }
}

interface Open {
  readonly conversation: Conversation;
  readonly smtp: Smtp;
}

/** EHLO, and STARTTLS (RFC 3207) when it was chosen. @returns what the server can */
async function meet(
  context: Context,
  report: Reporter,
  server: Server,
  { conversation, smtp }: Open,
): Promise<readonly string[]> {
  const { helo } = context.config.smtp;
  const abilities = await smtp.hello(helo);
  if (server.transport !== "starttls") return abilities;
  if (!abilities.includes("STARTTLS"))
    throw new CollectError("tls", `${server.where} offers no STARTTLS.`, {
      hint: "Switch TLS on in the server, or choose another transport.",
    });
  await smtp.demand("STARTTLS", 220);
  await secure(context, conversation);
  judgeTls(context, report, server, conversation);
  return smtp.hello(helo);
}

/** @returns how long the login took; undefined when there is none to do */
async function enter(
  context: Context,
  report: Reporter,
  server: Server,
  { conversation, smtp, abilities }: Open & { abilities: readonly string[] },
): Promise<number | undefined> {
  const { login } = server;
  if (!login) return undefined;
  const before = conversation.waitedMs;
  try {
    await holdOff(context, server, () => logIn(smtp, abilities, login, server.where));
    report("mail_login_ok", 1, { service: server.name });
  } catch (error) {
    if (error instanceof CollectError && error.reason === "auth") report("mail_login_ok", 0, { service: server.name });
    throw error;
  }
  return conversation.waitedMs - before;
}

/** A refusal is an outcome of the round trip and no failure of SMTP. */
async function handIn(smtp: Smtp, { from, to, text }: Letter): Promise<SendOutcome> {
  for (const [line, expected] of [
    [`MAIL FROM:<${from}>`, 250],
    [`RCPT TO:<${to}>`, 250],
    ["DATA", 354],
    [`${text}\r\n.`, 250],
  ] as const) {
    const { code, lines } = await smtp.ask(line);
    // 251: the user is elsewhere, and the server sends it on.
    if (code !== expected && code !== 251) return { ok: false, said: lines.at(-1) ?? "" };
  }
  return { ok: true };
}

/** What happens while saying goodbye is no failure: all is known. */
async function leave({ signal }: Context, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (signal.aborted || !(error instanceof CollectError)) throw error;
  }
}
