import { CollectError, errorCode, type Reason } from "../sdk";

type Meaning = readonly [reason: Reason, hint?: string, saying?: string];

/** SQLSTATE to what it means here (PostgreSQL documentation, Appendix A), and the client library's own codes. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  "28P01": ["auth", "Check user and password."],
  "28000": ["auth", "Check the user, and that pg_hba.conf has a line for it, this machine, the database and TLS."],
  "3D000": ["not_found", "Check the name of the database to connect to; postgres nearly always exists."],
  "42501": ["permission", "Give the role what it lacks: GRANT pg_monitor TO the role of the settings."],
  "42P01": ["not_found"],
  "42883": ["unsupported_version"],
  "42703": ["unsupported_version"],
  "42704": ["unsupported_version"],
  "55000": ["not_found"],
  "55P03": ["timeout"],
  "57014": ["timeout", "The server is overloaded, or there is very much to add up."],
  "53300": ["unreachable", "All connections are in use: raise max_connections, or find out who holds them."],
  "57P01": ["unreachable", "The server was shut down, or an administrator ended the connection."],
  "57P02": ["unreachable", "The server crashed and recovers."],
  "57P03": ["unreachable", "The server is starting, or a standby that takes no connections (hot_standby = off)."],
  "08P01": ["protocol", "Connect to PostgreSQL itself, not to a connection pooler."],
  CONNECT_TIMEOUT: [
    "timeout",
    "Check the address, and that the server is not overloaded.",
    "the login was not answered in time",
  ],
  CONNECTION_CLOSED: ["unreachable", undefined, "the connection was closed"],
  CONNECTION_DESTROYED: ["unreachable", undefined, "the connection was closed"],
  CONNECTION_ENDED: ["unreachable", undefined, "the connection was closed"],
  SASL_SIGNATURE_MISMATCH: [
    "auth",
    "It may be an impostor: nothing was asked of it.",
    "the server does not know the password itself",
  ],
};

/** Turns what the client library threw into a reason. @param where "db.lab:5432" */
export function toFailure(error: unknown, where: string): CollectError {
  if (error instanceof CollectError) return error;
  const code = errorCode(error);
  const [reason, hint, saying] = (Object.hasOwn(MEANINGS, code) ? MEANINGS[code] : undefined) ?? ["protocol"];
  const said = saying ?? (error instanceof Error ? error.message : String(error));
  // A label for the reader who wants to look it up; the library's own codes are in its message already.
  const suffix = /^[0-9A-Z]{5}$/.test(code) ? ` (${code})` : "";
  return new CollectError(reason, `${where}: ${said.slice(0, 300)}${suffix}.`, { hint, cause: { code } });
}
