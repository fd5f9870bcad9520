import { type CollectContext, CollectError, type Conversation } from "../sdk";
import type { Config } from "./config";

/** SSLRequest (PostgreSQL documentation, 55.7): the server answers with one letter, S for yes and N for no. */
const SSL_REQUEST = Uint8Array.of(0, 0, 0, 8, 4, 210, 22, 47);

/** The server's own error comes before ours: so much later than the statement's time-out the connection is given up. */
const GRACE_MS = 1_000;

/** "/var/run/postgresql" is the folder of a socket, as in libpq. */
export const isSocketFolder = (host: string) => host.startsWith("/");

/** Opens the connection and, as the settings want it, TLS on it. Within the time-out of connecting. */
export async function connectServer(context: CollectContext<Config>): Promise<Conversation> {
  const { host, port, connectTimeoutMs, statementTimeoutMs } = context.config;
  const timeoutMs = Math.max(connectTimeoutMs, statementTimeoutMs + GRACE_MS);
  if (isSocketFolder(host)) {
    const path = `${host.replace(/\/+$/, "")}/.s.PGSQL.${port}`;
    return context.connect({ transport: "unix", path, timeoutMs });
  }
  const opening = context.connect({ transport: "tcp", host, port, timeoutMs });
  // The door's own time-out bounds each answer as well, so it cannot be as short as that of connecting.
  const deadline = AbortSignal.timeout(connectTimeoutMs);
  const conversation = await before(deadline, opening, context.config);
  try {
    await before(deadline, secure(conversation, context.config), context.config);
  } catch (error) {
    conversation.close();
    throw error;
  }
  return conversation;
}

type TlsSettings = Pick<Config, "host" | "port" | "sslMode" | "caPem" | "serverName">;

async function secure(conversation: Conversation, settings: TlsSettings): Promise<void> {
  const { host, port, sslMode, caPem, serverName } = settings;
  if (sslMode === "disable") return;
  await conversation.write(SSL_REQUEST);
  const answer = String.fromCharCode(...(await conversation.read(1)));
  if (answer === "N" && sslMode === "prefer") return;
  if (answer === "N")
    throw new CollectError("tls", `${host}:${port} offers no TLS, and the settings ask for it.`, {
      hint: "Switch TLS on in the server (ssl = on), or choose prefer.",
    });
  if (answer !== "S")
    throw new CollectError("protocol", `${host}:${port} does not speak PostgreSQL's protocol.`, {
      hint: "Check the port.",
    });
  // The chain alone is looked at by verify-ca: the name may differ. So it is judged afterwards.
  await conversation.startTls({ verify: sslMode === "verify-full", caPem, serverName });
  const verdict = conversation.tls?.authorizationError ?? "";
  if (sslMode === "verify-ca" && verdict !== "" && verdict !== "ERR_TLS_CERT_ALTNAME_INVALID")
    throw new CollectError("tls", `${host}:${port} has a certificate that this machine does not trust (${verdict}).`, {
      hint: "Paste the CA's certificate into the settings.",
    });
}

/** @throws CollectError `timeout` when the work takes longer; a connection that opens too late ends with the run */
function before<T>(deadline: AbortSignal, work: Promise<T>, { host, port, connectTimeoutMs }: Config): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () =>
      reject(
        new CollectError("timeout", `${host}:${port} did not accept the connection in ${connectTimeoutMs / 1_000} s.`, {
          hint: "Check the address, and that no firewall drops the connection.",
        }),
      );
    deadline.addEventListener("abort", late, { once: true });
    work.then(resolve, reject).finally(() => deadline.removeEventListener("abort", late));
  });
}
