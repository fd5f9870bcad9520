import type { ServerPlace } from "./database-place";

type Explain = (place: ServerPlace) => string;
const unreachable: Explain = ({ host, port, shown }) =>
  `${shown} cannot be reached. Does it run, listen on port ${port} for other machines, and is ${host} its address?`;
const wrongPassword: Explain = ({ shown, user }) =>
  `${shown} refused user ${user} or the password. Correct them in DATABASE_URL; signs such as @ / # % are percent-encoded there.`;
const missing: Explain = ({ shown, database }) =>
  `${shown}: there is no database ${database}. Run npm run db:init to create it, or name another in DATABASE_URL.`;
const full: Explain = ({ shown }) =>
  `${shown} has no free connection. Close other clients of it, or raise max_connections; Unity needs five.`;
const notAllowed: Explain = ({ shown, user, database }) =>
  `${shown}: user ${user} may not use database ${database}, or not make tables in it. Grant them that.`;
const noEncryption: Explain = ({ shown }) =>
  `${shown} speaks no TLS, or its certificate is not trusted. Correct sslmode or ssl in DATABASE_URL.`;

const untrusted: Explain = ({ shown }) =>
  `${shown}: its certificate is not trusted here, or is for another name. Name the file of its authority in NODE_EXTRA_CA_CERTS, or encrypt without looking at it (docs/configuration.md, TLS).`;

/** What OpenSSL finds wrong with a certificate. */
const CERTIFICATE = /^(UNABLE_TO_(GET_ISSUER|VERIFY)|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED|CERT_|ERR_TLS_CERT)/;
/** A server without TLS takes what comes for nonsense, and hangs up. */
const HUNG_UP = new Set(["ECONNRESET", "CONNECTION_CLOSED"]);
const WANTS_TLS = /[?&]ssl(mode)?=(require|verify-full|allow)/;

/** By the code of the system, of PostgreSQL (SQLSTATE), or of MySQL. */
const EXPLANATIONS: Record<string, Explain | undefined> = {
  ECONNREFUSED: unreachable,
  ECONNRESET: unreachable,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  ENOTFOUND: ({ host, shown }) => `${shown}: the name ${host} is not known. Correct the host in DATABASE_URL.`,
  EAI_AGAIN: ({ host, shown }) => `${shown}: the name ${host} could not be looked up. Is the network up?`,
  ETIMEDOUT: unreachable,
  CONNECT_TIMEOUT: unreachable,
  CONNECTION_CLOSED: unreachable,
  PROTOCOL_CONNECTION_LOST: unreachable,
  "28P01": wrongPassword,
  "28000": ({ shown, user }) =>
    `${shown} takes no connection of user ${user} from here. Correct the user, or allow it in pg_hba.conf.`,
  "3D000": missing,
  "53300": full,
  "42501": notAllowed,
  "57P03": ({ shown }) => `${shown} is starting up or shutting down. Wait a moment.`,
  ER_ACCESS_DENIED_ERROR: wrongPassword,
  ER_BAD_DB_ERROR: missing,
  ER_DBACCESS_DENIED_ERROR: notAllowed,
  ER_TABLEACCESS_DENIED_ERROR: notAllowed,
  ER_CON_COUNT_ERROR: full,
  ER_USER_LIMIT_REACHED: full,
  ER_HOST_NOT_PRIVILEGED: ({ shown, user }) =>
    `${shown} takes no connection of user ${user} from this machine. Allow it there: create user '${user}'@'%'.`,
  HANDSHAKE_NO_SSL_SUPPORT: noEncryption,
  HANDSHAKE_SSL_ERROR: noEncryption,
};

/** Why a database cannot be used: what, where and what to do. The password is in none of them. */
export class DatabaseUnusable extends Error {
  override readonly name = "DatabaseUnusable";
  /** What the driver said. */
  readonly code: string;

  constructor(message: string, code: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** What a driver threw, in words. Others of our own pass through. */
export function explain(error: unknown, place: ServerPlace): Error {
  if (error instanceof DatabaseUnusable) return error;
  const code = codeOf(error);
  if (HUNG_UP.has(code) && WANTS_TLS.test(place.url)) return new DatabaseUnusable(noEncryption(place), "NO_TLS", error);
  const known = EXPLANATIONS[code] ?? (CERTIFICATE.test(code) ? untrusted : undefined);
  if (known) return new DatabaseUnusable(known(place), code, error);
  if (!(error instanceof Error) || code === "") return toError(error);
  return new DatabaseUnusable(`${place.shown}: ${error.message}`, code, error);
}

/** Node gathers the failures of several addresses of one name in an error without a message. */
export function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "";
  if ("code" in error && typeof error.code === "string") return error.code;
  return "cause" in error ? codeOf(error.cause) : "";
}

const toError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
