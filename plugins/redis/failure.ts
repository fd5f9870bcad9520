import { CollectError, type Reason, toLabel } from "../sdk";

/** What Unity's user must be allowed. Sentinel and cluster nodes need their own line, too. */
export const ACL_LINE =
  "ACL SETUSER unity on >password +ping +info +select +slowlog|len +latency|latest +config|get +cluster|info";

type Meaning = readonly [beginning: string, reason: Reason, hint?: string];

/** Error replies by how they begin, and what they mean here. The first that fits is taken. */
const MEANINGS: readonly Meaning[] = [
  ["NOAUTH", "auth", "The server wants a password."],
  ["WRONGPASS", "auth", "Check user and password."],
  ["ERR invalid password", "auth", "Check the password."],
  ["ERR AUTH <password> called without any password", "auth", "The server has no password: leave it empty."],
  ["ERR Client sent AUTH, but no password is set", "auth", "The server has no password: leave it empty."],
  ["ERR wrong number of arguments for 'auth'", "auth", "Before Redis 6 there are no users: leave the user empty."],
  ["NOPERM", "permission", `Allow what is read: ${ACL_LINE}`],
  [
    "DENIED",
    "permission",
    "The server is in protected mode: set a password (requirepass), or let it listen on loopback only.",
  ],
  ["LOADING", "unreachable", "The server is starting and loads its data."],
  ["MASTERDOWN", "unreachable", "The replica has lost its master and may not answer (replica-serve-stale-data no)."],
  [
    "ERR max number of clients",
    "unreachable",
    "All connections are in use: raise maxclients, or find out who holds them.",
  ],
  ["BUSY", "timeout", "A script runs and blocks the server."],
  ["ERR unknown command", "unsupported_version"],
  ["ERR unknown subcommand", "unsupported_version"],
  ["ERR Unknown subcommand", "unsupported_version"],
  ["ERR This instance has cluster support disabled", "not_found", "It is no cluster node: switch the setting off."],
];

/** An error reply as a reason. @param said the server's words, or only their first when they could repeat a secret */
export function toFailure(said: string, where: string): CollectError {
  const [, reason, hint] = MEANINGS.find(([beginning]) => said.startsWith(beginning)) ?? ["", "protocol" as const];
  const words = toLabel(said);
  return new CollectError(reason, `${where}: ${words}${/[.?!]$/.test(words) ? "" : "."}`, { hint });
}

/** What was refused at the login: a server that is none could repeat the password in its words. */
export function toLoginFailure(said: string, where: string): CollectError {
  const meaning = MEANINGS.find(([beginning]) => said.startsWith(beginning));
  return toFailure(meaning && !meaning[0].startsWith("ERR unknown") ? said : (said.split(" ")[0] ?? ""), where);
}
