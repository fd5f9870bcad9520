import { CollectError, type Conversation, type Reason } from "../sdk";
import { hostPortOf, servicePortOf } from "./config";
import type { Context } from "./source";

/** Version 1 of the protocol that unbound-control speaks: one command, and the answer until the end of the stream. */
const GREETING = "UBCT1";
/** With extended statistics and many threads it is some ten KiB. */
const MAX_BYTES = 1_024 * 1_024;
/** What unbound-control-setup writes into the server's certificate. */
const SERVER_NAME = "unbound";

/** @returns the lines of the answer. @throws CollectError */
export async function commandUnbound(context: Context, command: string): Promise<string[]> {
  const where = controlPlaceOf(context);
  const conversation = await openControl(context).catch((error: unknown) => {
    throw explain(error);
  });
  try {
    await conversation.write(`${GREETING} ${command}\n`);
    const answer = new TextDecoder().decode(await conversation.readAll(MAX_BYTES));
    if (answer === "")
      throw new CollectError("protocol", `${where} closed the connection without an answer.`, {
        hint: "Unbound wants TLS there: paste control key, control certificate and server certificate, or use the socket.",
      });
    if (answer.startsWith("error"))
      throw new CollectError("protocol", `${where} refused ${command}: ${answer.slice(0, 200).trim()}.`);
    return answer.split("\n");
  } catch (error) {
    throw explain(error);
  } finally {
    conversation.close();
  }
}

export function controlPlaceOf({ config }: Pick<Context, "config">): string {
  return config.socket ?? hostPortOf({ host: config.host, port: servicePortOf(config) });
}

function openControl({ config, connect }: Context): Promise<Conversation> {
  const { socket, host, controlKeyPem, controlCertPem, serverCertPem, tls } = config;
  if (socket !== undefined) return connect({ transport: "unix", path: socket });
  const port = servicePortOf(config);
  if (controlKeyPem === undefined) return connect({ transport: "tcp", host, port });
  const serverName = tls.serverName ?? SERVER_NAME;
  const pair = { keyPem: controlKeyPem, certPem: controlCertPem };
  return connect({
    transport: "tls",
    host,
    port,
    tls: { ...pair, caPem: serverCertPem, serverName, verify: tls.verify },
  });
}

const HINTS: Partial<Record<Reason, string>> = {
  not_found: "Set control-enable: yes and control-interface: to this path in unbound.conf.",
  permission: "Let the user Unity runs as use the socket: sudo usermod -aG unbound unity, then restart Unity.",
  unreachable:
    "Set control-enable: yes in unbound.conf, and control-interface: to an address that can be reached from here.",
  tls: "Paste unbound_control.key, unbound_control.pem and unbound_server.pem as unbound-control-setup made them.",
};

/** The doors speak of files and ports in general; here it is known what they are. */
function explain(error: unknown): unknown {
  if (!(error instanceof CollectError)) return error;
  const hint = HINTS[error.reason];
  return hint === undefined ? error : new CollectError(error.reason, error.message, { hint, cause: error });
}
