import type { TlsChoice } from "../../../plugins/sdk/context";
import { errorCode } from "../../../plugins/sdk/errors";
import { messageOf } from "../../errors";
import type { ChannelDoors, Delivered } from "../channels/channel";

export interface MailServer {
  readonly host: string;
  readonly port: number;
  readonly encryption: "starttls" | "tls" | "none";
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly tls: TlsChoice;
}
export interface Mail {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  readonly references: string;
  readonly priority: "high" | "normal";
  readonly headers: Readonly<Record<string, string>>;
}

/** For each answer of the server, and for all of them: a server that says one line a minute is not waited for. */
const STEP_MS = 10_000;
const ALL_MS = 30_000;

/** Sends one mail over SMTP (RFC 5321, 3207 for STARTTLS) on a connection of its own. */
export async function sendMail(server: MailServer, mail: Mail, doors: ChannelDoors): Promise<Delivered> {
  const { createTransport } = await import("nodemailer");
  const socket = await doors.dial(server.host, server.port);
  const { host, port, encryption, user, password, tls } = server;
  const transport = createTransport({
    host,
    port,
    // The guarded connection, instead of one of its own.
    connection: socket,
    secure: encryption === "tls",
    requireTLS: encryption === "starttls",
    ignoreTLS: encryption === "none",
    ...(user ? { auth: { user, pass: password ?? "" } } : {}),
    tls: {
      rejectUnauthorized: tls.verify !== false,
      ...(tls.caPem ? { ca: tls.caPem } : {}),
      ...(tls.serverName ? { servername: tls.serverName } : {}),
    },
    greetingTimeout: STEP_MS,
    socketTimeout: STEP_MS,
    // A mail is made of texts: it reads no file, fetches nothing.
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
  });
  const end = AbortSignal.any([doors.signal, AbortSignal.timeout(ALL_MS)]);
  const stop = () => socket.destroy(new Error("The server took too long."));
  end.addEventListener("abort", stop, { once: true });
  try {
    const { response, rejected } = await transport.sendMail({ ...mail, headers: { ...mail.headers } });
    const refused = rejected.length === 0 ? "" : ` (refused for ${rejected.map(String).join(", ")})`;
    return { ok: true, answer: `${response}${refused}` };
  } catch (error) {
    return failureOf(error);
  } finally {
    end.removeEventListener("abort", stop);
    transport.close();
    socket.destroy();
  }
}

/** Codes of what may be otherwise in a minute. */
const PASSING = new Set(["ECONNECTION", "ETIMEDOUT", "ESOCKET", "EDNS", "ECONNRESET", "EPIPE", "ESTREAM"]);
/** Of a certificate: wants a person, however the connection ended. */
const CERTIFICATE = /certificate|self[- ]signed|altname/i;

/** The server's code decides: 4xx passes, 5xx stays (RFC 5321 4.2.1). Without one, the connection failed. */
function failureOf(error: unknown): Delivered {
  const answer = messageOf(error);
  const code = responseCodeOf(error);
  if (code >= 400) return { ok: false, again: code < 500, answer };
  return { ok: false, again: PASSING.has(errorCode(error)) && !CERTIFICATE.test(answer), answer };
}

const responseCodeOf = (error: unknown) =>
  typeof error === "object" && error !== null && "responseCode" in error && typeof error.responseCode === "number"
    ? error.responseCode
    : 0;
