import { canonicalAddress } from "../sdk";
import type { Told } from "./events";

/**
 * Names are what the other side says, with blanks and all: `from 1.2.3.4 port 22 ssh2` may be one. So each line is held at its end, where only
 * the server writes.
 */
const FAILED = /^Failed (\S+) for (?:invalid user )?(.*) from (\S+) port (\d{1,5}) ssh2$/s;
const ACCEPTED = /^Accepted (\S+) for (.*) from (\S+) port (\d{1,5}) ssh2(?:: [\w-]+ (?:SHA256:\S+|MD5:\S+|ID .*))?$/s;
const INVALID = /^Invalid user (.*) from (\S+)(?: port \d{1,5})?$/s;
const CLOSED =
  /^(?:Connection (?:closed|reset) by|Disconnected from|Disconnecting) (?:invalid|authenticating) user (.*) (\S+) port (\d{1,5})(?:: [\w ,]+)? \[preauth\]$/s;

/** Messages of OpenSSH's sshd. A failed key is no failed login: a client offers all it has, one after the other. */
export function parseSsh(message: string): Told | undefined {
  const failed = FAILED.exec(message);
  if (failed) {
    const [, method = "", user = "", address = "", port = ""] = failed;
    return isGuess(method) ? { type: "attempt", ok: false, ...detailsOf(method, user, address, port) } : undefined;
  }
  const accepted = ACCEPTED.exec(message);
  if (accepted) {
    const [, method = "", user = "", address = "", port = ""] = accepted;
    return { type: "attempt", ok: true, ...detailsOf(method, user, address, port) };
  }
  if (INVALID.test(message)) return { type: "invalid", service: "ssh" };
  const [whole, user = "", address = "", port = ""] = CLOSED.exec(message) ?? [];
  const source = canonicalAddress(address);
  return whole === undefined || source === undefined
    ? undefined
    : { type: "closed", service: "ssh", user, source, port };
}

/** keyboard-interactive/pam: what is behind the slash is a detail of the server. */
const detailsOf = (method: string, user: string, address: string, port: string) => ({
  ...{ service: "ssh", method: method.replace(/\/.*$/, "").slice(0, 40), user, port },
  source: canonicalAddress(address),
});

const isGuess = (method: string) => /^(password|keyboard-interactive)\b/.test(method);
