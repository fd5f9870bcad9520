import { CollectError, errorCode, type Reason, toLabel } from "../sdk";

type Meaning = readonly [reason: Reason, hint?: string];

export const GRANTS_HINT =
  "MariaDB: GRANT PROCESS, SLAVE MONITOR, BINLOG MONITOR ON *.* TO the user; MySQL: GRANT PROCESS, REPLICATION CLIENT.";

/** Error numbers of the server and what they mean here (MySQL and MariaDB error references). */
const MEANINGS: Readonly<Record<number, Meaning>> = {
  1040: ["unreachable", "All connections are in use: raise max_connections, or find out who holds them."],
  1044: ["permission", GRANTS_HINT],
  1045: ["auth", "Check user and password, and for which host the user was made."],
  1047: ["unreachable", "The Galera node has lost its cluster and takes no statements."],
  1054: ["unsupported_version"],
  1053: ["unreachable", "The server is being shut down."],
  1064: ["unsupported_version"],
  1109: ["unsupported_version"],
  1129: ["rate_limited", "Too many connections were broken off. On the server: mariadb-admin flush-hosts."],
  1130: ["auth", "The user was made for another host: CREATE USER 'unity'@'this machine'."],
  1142: ["permission", GRANTS_HINT],
  1146: ["unsupported_version"],
  1193: ["unsupported_version"],
  1205: ["timeout", "A lock is held on what is read."],
  1227: ["permission", GRANTS_HINT],
  1251: ["auth", "The user logs in by a way that is not known here; use another plugin for it."],
  1381: ["not_found"],
  1524: ["auth", "The user logs in by a plugin the server has not loaded."],
  1698: ["auth", "The user logs in by the socket as a user of the system: give it a password instead."],
  1820: ["auth", "The password has expired: ALTER USER."],
  1862: ["auth", "The password has expired: ALTER USER."],
  1969: ["timeout", "The server is overloaded, or there is very much to add up."],
  3024: ["timeout", "The server is overloaded, or there is very much to add up."],
  3118: ["auth", "The account is locked: ALTER USER ... ACCOUNT UNLOCK."],
  4151: ["auth", "The account is locked: ALTER USER ... ACCOUNT UNLOCK."],
};

/** The client library's own codes. */
const LIBRARY: Readonly<Record<string, Meaning>> = {
  AUTH_SWITCH_PLUGIN_ERROR: ["auth", "Use mysql_native_password or caching_sha2_password for the user."],
  MYSQL_CLEAR_PASSWORD_NOT_ENABLED: ["auth", "The server wants the password in the clear. It was not sent."],
  PROTOCOL_CONNECTION_LOST: ["unreachable", "The server was stopped, or ended the connection."],
  PROTOCOL_SEQUENCE_TIMEOUT: ["timeout"],
};

/** Turns what the server or the client library said into a reason. @param where "db.lab:3306" */
export function toFailure(error: unknown, where: string): CollectError {
  if (error instanceof CollectError) return error;
  const errno = errnoOf(error);
  const [reason, hint] = (errno === undefined ? LIBRARY[errorCode(error)] : MEANINGS[errno]) ?? ["protocol" as const];
  const said = toLabel(messageOf(error)).replace(/\.$/, "");
  return new CollectError(reason, `${where}: ${said}${errno === undefined ? "" : ` (${errno})`}.`, { hint });
}

function errnoOf(error: unknown): number | undefined {
  if (typeof error !== "object" || error === null || !("errno" in error)) return undefined;
  // The library's own errors have texts there.
  return typeof error.errno === "number" && error.errno > 0 ? error.errno : undefined;
}

function messageOf(error: unknown): string {
  if (typeof error === "object" && error !== null && "message" in error) return String(error.message);
  return String(error);
}
