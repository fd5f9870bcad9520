import { CollectError, type Conversation } from "../sdk";
import { chat, holdOff, judgeTls, reportDurations, secure } from "./chat";
import type { Server } from "./config";
import { type Imap, openImap } from "./imap";
import { readQuota, readStatus } from "./imap-answers";
import type { Context, Notes, Reporter } from "./parts";
import type { RoundTrip } from "./round-trip";

/** Greets, encrypts, logs in, looks at the inbox, and for the round trip's letter. @throws CollectError */
export async function probeImap(
  context: Context,
  report: Reporter,
  server: Server,
  { roundTrip, notes }: { roundTrip: RoundTrip; notes: Notes },
): Promise<void> {
  let isUp = false;
  try {
    await chat(context, server, async (conversation, deadline) => {
      judgeTls(context, report, server, conversation);
      const imap = openImap(conversation, server.where);
      const isIn = await imap.greet();
      const greetingMs = conversation.waitedMs;
      const abilities = await meet(context, report, server, { conversation, imap });
      notes.facts.imapTls = conversation.tls?.protocol ?? "none";
      isUp = true;
      const loginMs = isIn ? undefined : await enter(context, report, server, { conversation, imap, abilities });
      if (isIn || loginMs !== undefined) await lookIntoInbox(report, imap);
      reportDurations(report, server, conversation, { greetingMs, loginMs });
      await roundTrip.find(imap, conversation, deadline);
      await imap.ask("LOGOUT");
    });
  } finally {
    report("mail_imap_up", isUp ? 1 : 0);
  }
}

interface Open {
  readonly conversation: Conversation;
  readonly imap: Imap;
}

/** CAPABILITY, and STARTTLS when it was chosen. @returns what the server can */
async function meet(
  context: Context,
  report: Reporter,
  server: Server,
  { conversation, imap }: Open,
): Promise<readonly string[]> {
  const abilities = await imap.abilities();
  if (server.transport !== "starttls") return abilities;
  if (!abilities.includes("STARTTLS"))
    throw new CollectError("tls", `${server.where} offers no STARTTLS.`, {
      hint: "Switch TLS on in the server, or choose another transport.",
    });
  await imap.demand("STARTTLS");
  await secure(context, conversation);
  judgeTls(context, report, server, conversation);
  return imap.abilities();
}

/** @returns how long the login took; undefined when there is none to do */
async function enter(
  context: Context,
  report: Reporter,
  server: Server,
  { conversation, imap, abilities }: Open & { abilities: readonly string[] },
): Promise<number | undefined> {
  const { login } = server;
  if (!login) return undefined;
  const before = conversation.waitedMs;
  try {
    await holdOff(context, server, () => imap.logIn(abilities, login));
    report("mail_login_ok", 1, { service: server.name });
  } catch (error) {
    if (error instanceof CollectError && error.reason === "auth") report("mail_login_ok", 0, { service: server.name });
    throw error;
  }
  return conversation.waitedMs - before;
}

async function lookIntoInbox(report: Reporter, imap: Imap): Promise<void> {
  const { messages, unseen } = readStatus(await imap.demand("STATUS INBOX (MESSAGES UNSEEN)"));
  if (messages !== undefined) report("mail_inbox_messages", messages);
  if (unseen !== undefined) report("mail_inbox_unseen", unseen);
  // Some tell it only after the login that they can.
  if (!(await imap.abilities()).includes("QUOTA")) return;
  const { status, untagged } = await imap.ask("GETQUOTAROOT INBOX");
  const ratio = status === "OK" ? readQuota(untagged) : undefined;
  if (ratio !== undefined) report("mail_quota_used_ratio", ratio);
}
