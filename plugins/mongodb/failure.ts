import { CollectError, errorCode, type Reason, toLabel } from "../sdk";

type Meaning = readonly [reason: Reason, hint?: string];

export const ROLES_HINT =
  "Give the user its roles: db.grantRolesToUser('unity', ['clusterMonitor', { role: 'read', db: 'local' }]).";

/** Codes of the server and what they mean here (MongoDB, Error Codes). */
const MEANINGS: Readonly<Record<number, Meaning>> = {
  11: ["auth", "There is no such user in the database of the user."],
  13: ["permission", ROLES_HINT],
  18: ["auth", "Check user, password and the database of the user."],
  26: ["not_found"],
  50: ["timeout", "The server is overloaded."],
  59: ["unsupported_version"],
  76: ["not_found"],
  91: ["unreachable", "The server is being shut down."],
  94: ["not_found", "The replica set was never started: rs.initiate()."],
  334: ["auth", "The user logs in by a way the server does not offer."],
  8000: ["auth", "Check user and password."],
  11600: ["unreachable", "The server is being shut down."],
  13435: ["unreachable", "The server is no primary and takes no questions now."],
  13436: ["unreachable", "The server is recovering."],
};

/** The client library's own errors, by their name. */
const LIBRARY: readonly (readonly [name: string, meaning: Meaning])[] = [
  ["MongoCompatibilityError", ["unsupported_version", "MongoDB 4.2 or newer is needed."]],
  ["MongoParseError", ["protocol", "Something else than MongoDB answers at this port."]],
  ["MongoMissingCredentialsError", ["auth", "A user and a password are needed."]],
  ["MongoNetworkTimeoutError", ["timeout", "Check the address, and that no firewall drops the connection."]],
  ["MongoServerSelectionError", ["timeout", "Check the address, and that the server is not overloaded."]],
  [
    "MongoNetworkError",
    ["unreachable", "Check host and port, bindIp in mongod.conf, and whether the server wants TLS."],
  ],
];

/** Turns what the server or the client library said into a reason. @param where "db.lab:27017" */
export function toFailure(error: unknown, where: string, hasUser: boolean): CollectError {
  if (error instanceof CollectError) return error;
  const chain = chainOf(error);
  const own = chain.find((one) => one instanceof CollectError);
  if (own) return own;
  for (const one of chain) {
    const code = "code" in one ? one.code : undefined;
    if (typeof code !== "number") continue;
    const [reason, hint] = MEANINGS[code] ?? ["protocol" as const];
    // Without a login nothing is allowed on a server that wants one.
    if (code === 13 && !hasUser) return failure("auth", where, one, "The server wants a user and a password.");
    return failure(reason, where, one, hint);
  }
  // The cause says more than that no server was found.
  const known = LIBRARY.find(([name]) => chain.some((one) => one.name === name));
  const told = chain.find((one) => one.name === known?.[0]);
  if (chain.some((one) => errorCode(one) === "ENOTFOUND"))
    return failure("dns", where, chain.at(-1), "Check the name.");
  return failure(known?.[1][0] ?? "protocol", where, told ?? chain[0], known?.[1][1]);
}

function failure(reason: Reason, where: string, error: Error | undefined, hint: string | undefined): CollectError {
  const said = toLabel(error?.message ?? "it failed").replace(/\.$/, "");
  return new CollectError(reason, `${where}: ${said}.`, { hint });
}

/** The error and what it came from: its cause, and of a search for a server what each of them said. */
function chainOf(error: unknown, depth = 0): Error[] {
  if (!(error instanceof Error) || depth > 5) return [];
  const servers: unknown = "reason" in error && isRecord(error.reason) ? error.reason.servers : undefined;
  const found =
    servers instanceof Map ? [...servers.values()].map((one: unknown) => (isRecord(one) ? one.error : one)) : [];
  return [error, ...[error.cause, ...found].flatMap((next) => chainOf(next, depth + 1))];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
