import { type CollectContext, CollectError, type StreamTarget, type TlsFacts } from "../sdk";
import type { Config, NamedTarget } from "./config";
import { askForTls } from "./starttls";
import { describeTarget } from "./target";

type Context = CollectContext<Config>;

/** A chain is judged apart from the name, which this word is about. */
const OTHER_NAME = "ERR_TLS_CERT_ALTNAME_INVALID";

export const isTrusted = ({ authorized, authorizationError }: TlsFacts) =>
  authorized || authorizationError === OTHER_NAME;

/**
 * Reads what a server presents, whatever is wrong with it: verification is off, and its verdict a fact among others. With a
 * private CA only that one is trusted, so a chain that it does not vouch for is shown to the public ones as well.
 *
 * @throws CollectError
 */
export async function readPresented(context: Context, target: NamedTarget): Promise<TlsFacts> {
  const { caPem, verifyChain, probeTimeoutMs } = context.config;
  const deadline = AbortSignal.timeout(probeTimeoutMs);
  const facts = await handshake(context, target, caPem, deadline);
  if (caPem === undefined || !verifyChain || isTrusted(facts)) return facts;
  try {
    const publicly = await handshake(context, target, undefined, deadline);
    return isTrusted(publicly) ? publicly : facts;
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    return facts;
  }
}

async function handshake(
  { connect, config }: Context,
  { host, port, protocol, serverName }: NamedTarget,
  caPem: string | undefined,
  deadline: AbortSignal,
): Promise<TlsFacts> {
  const where = describeTarget({ host, port });
  const choice = {
    verify: false,
    caPem,
    certPem: config.clientCertPem,
    keyPem: config.clientKeyPem,
    serverName: serverName ?? host,
  };
  const to: StreamTarget = {
    transport: protocol === "tls" ? "tls" : "tcp",
    host,
    port,
    tls: choice,
    timeoutMs: config.probeTimeoutMs,
  };
  const work = async () => {
    const conversation = await connect(to);
    const hangUp = () => conversation.close();
    deadline.addEventListener("abort", hangUp, { once: true });
    try {
      if (protocol !== "tls") {
        await askForTls(conversation, protocol, where);
        await conversation.startTls(choice);
      }
      if (!conversation.tls || conversation.tls.chainPem.length === 0)
        throw new CollectError("tls", `${where} presented no certificate.`);
      return conversation.tls;
    } finally {
      deadline.removeEventListener("abort", hangUp);
      hangUp();
    }
  };
  return within(deadline, where, config.probeTimeoutMs, work());
}

/** The door bounds each answer; a server that sends a line now and then would take much longer in all. */
function within<T>(deadline: AbortSignal, where: string, timeoutMs: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () =>
      reject(
        new CollectError("timeout", `${where} did not show a certificate in ${timeoutMs / 1_000} s.`, {
          hint: "Check the address, the port and the protocol.",
        }),
      );
    if (deadline.aborted) late();
    else deadline.addEventListener("abort", late, { once: true });
    work.then(resolve, reject).finally(() => deadline.removeEventListener("abort", late));
  });
}
