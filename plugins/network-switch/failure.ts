import { CollectError, type Reason } from "../sdk";
import type { Config } from "./config";

type Meaning = readonly [saying: RegExp, reason: Reason, says: string, hint: string];

/** What an agent reports about a message of version 3 (RFC 3414, usmStats), in the library's words, and its other errors. */
const MEANINGS: readonly Meaning[] = [
  [/unknown user/i, "auth", "knows no such user", "Check the user's name, and that the agent has it."],
  [
    /wrong digest|authentication fail/i,
    "auth",
    "refused the signature",
    "Check the authentication password and its protocol.",
  ],
  [/decryption/i, "auth", "could not decrypt", "Check the encryption password and its protocol."],
  [
    /unsupported security level/i,
    "auth",
    "does not let this user in with this security level",
    "Choose the security level the agent has for this user.",
  ],
  [
    /time window/i,
    "protocol",
    "and this machine do not agree about its clock",
    "Try again; restart the agent if it stays.",
  ],
  [/unknown engine/i, "protocol", "changed its engine id meanwhile", "Try again."],
  [/authorization|no ?access/i, "permission", "does not show this to us", "Widen the view of the community or user."],
  [/too big/i, "protocol", "found its own answer too big", "Lower the rows a request in the settings."],
  [
    /unsupported|unknown cipher|digital envelope/i,
    "unsupported_version",
    "cannot be spoken to with this encryption",
    "This system's OpenSSL has no DES any more: choose aes.",
  ],
];

export const placeOf = ({ host, port }: Pick<Config, "host" | "port">) =>
  `${host.includes(":") ? `[${host}]` : host}${port === 161 ? "" : `:${port}`}`;

/** Turns what the doors or the library threw into a reason. */
export function toFailure(error: unknown, config: Config): CollectError {
  const where = `The SNMP agent of ${placeOf(config)}`;
  if (error instanceof CollectError) return fromDoor(error, where, config);
  const said = error instanceof Error ? error.message : String(error);
  const known = MEANINGS.find(([saying]) => saying.test(said));
  if (known) return new CollectError(known[1], `${where} ${known[2]}.`, { hint: known[3], cause: error });
  return new CollectError("protocol", `${where} did not answer as one: ${said.slice(0, 200)}.`, {
    hint: "Check the port and the version.",
    cause: error,
  });
}

/** Silence is how agents refuse. */
function fromDoor(error: CollectError, where: string, { version }: Config): CollectError {
  if (error.reason !== "timeout") return error;
  const secret = version === "3" ? "the encryption password" : "the community";
  return new CollectError("timeout", `${where} does not answer.`, {
    hint: `Agents stay silent also when ${secret} is wrong, or they do not let this address in. Check both, and the firewall.`,
    cause: error,
    elapsedMs: error.elapsedMs,
  });
}
