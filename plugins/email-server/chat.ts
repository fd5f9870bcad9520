import { X509Certificate } from "node:crypto";
import { CollectError, type Conversation, holdOffLogin, printable } from "../sdk";
import type { Server } from "./config";
import type { Context, Reporter } from "./parts";

/** A whole conversation, however slowly its answers come. Two of them and a round trip fit into a run. */
const CHAT_MS = 18_000;

/** Opens a conversation for the work, and closes it. @throws CollectError */
export async function chat<T>(
  context: Context,
  { host, port, transport, where }: Server,
  work: (conversation: Conversation, deadline: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = AbortSignal.timeout(CHAT_MS);
  const { tls, probeTimeoutMs } = context.config;
  const conversation = await context.connect({
    transport: transport === "implicit" ? "tls" : "tcp",
    host,
    port,
    // Judged afterwards, so that the dates of a bad certificate are known.
    tls: { ...tls, verify: false },
    timeoutMs: probeTimeoutMs,
  });
  const hangUp = () => conversation.close();
  deadline.addEventListener("abort", hangUp, { once: true });
  try {
    return await work(conversation, deadline);
  } catch (error) {
    if (!deadline.aborted || context.signal.aborted) throw error;
    throw new CollectError("timeout", `${where} was not done in ${CHAT_MS / 1_000} s.`, { cause: error });
  } finally {
    deadline.removeEventListener("abort", hangUp);
    hangUp();
  }
}

/** Begins TLS after STARTTLS was accepted. */
export const secure = (context: Context, conversation: Conversation) =>
  conversation.startTls({ ...context.config.tls, verify: false });

/** Reports the certificate's end and refuses to go on with one that is not trusted: a password might follow. */
export function judgeTls({ config }: Context, report: Reporter, server: Server, { tls }: Conversation): void {
  if (!tls) return;
  const expiry = expiryOf(tls.chainPem[0]);
  if (expiry !== undefined) report("mail_tls_certificate_expiry_timestamp_seconds", expiry, { service: server.name });
  if (config.tls.verify && !tls.authorized)
    throw new CollectError("tls", `${server.where} has a certificate that is not trusted (${tls.authorizationError}).`);
}

function expiryOf(pem: string | undefined): number | undefined {
  try {
    const end = Date.parse(new X509Certificate(pem ?? "").validTo);
    return Number.isFinite(end) ? end / 1_000 : undefined;
  } catch {
    return undefined; // Its verdict is told; when it ends, nobody can say.
  }
}

/** Mail servers ban who tries a wrong password again and again. Each of the two has its own. */
export function holdOff({ memory, now }: Context, { name }: Server, logIn: () => Promise<void>): Promise<void> {
  const own = {
    recall: <T>(key: string) => memory.recall<T>(`${name}:${key}`),
    keep: (key: string, value: unknown) => memory.keep(`${name}:${key}`, value),
    due: (key: string, seconds: number) => memory.due(`${name}:${key}`, seconds),
  };
  return holdOffLogin({ memory: own, now }, logIn);
}

/** Reports how long the server took. `loginMs` is undefined where there was no login. */
export function reportDurations(
  report: Reporter,
  { name }: Server,
  { connectMs, waitedMs, tls }: Conversation,
  { greetingMs, loginMs }: { greetingMs: number; loginMs: number | undefined },
): void {
  const metric = name === "smtp" ? "mail_smtp_duration_seconds" : "mail_imap_duration_seconds";
  const phases = {
    connect: connectMs,
    greeting: greetingMs,
    tls: tls?.handshakeMs,
    login: loginMs,
    total: connectMs + (tls?.handshakeMs ?? 0) + waitedMs,
  };
  for (const [phase, ms] of Object.entries(phases)) if (ms !== undefined) report(metric, ms / 1_000, { phase });
}

/** What a server says, for a message. */
export const quote = (line: string) => JSON.stringify(printable(line.slice(0, 150)));
