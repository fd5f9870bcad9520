import { canonicalAddress } from "../sdk";
import type { Told } from "./events";

/** pam_unix(login:auth): message. The service is the name of its file in /etc/pam.d. */
const LINE = /^pam_\w{1,20}\(([\w.@-]{1,60}):(\w{1,20})\): (.*)$/s;
/** A name before the address that has blanks could write another address, so it is not believed. */
const FAILURE =
  /^authentication failure; logname=\S* uid=\d+ euid=\d+ tty=\S* ruser=(\S*) rhost=(\S*)(?:\s+user=(.*))?$/s;
const OPENED = /^session opened for user ([^\s(]{1,256})(?:\(uid=\d+\))?(?: by .*)?$/;
/** These have lines of their own, or are nobody's login. */
const OTHERS = new Set(["sshd", "sudo", "sudo-i", "su", "su-l"]);
const NO_LOGIN = /^(cron|crond|atd|systemd-user|runuser(-l)?|polkit-1|samba|other|common-\w+)$/;

/** Logins that a program asked PAM for: consoles, desktops, mail and file servers. */
export function parsePam(message: string): Told | undefined {
  const [whole, service = "", type, rest = ""] = LINE.exec(message) ?? [];
  if (whole === undefined || OTHERS.has(service)) return undefined;
  if (type === "auth" && rest.startsWith("authentication failure;")) {
    const [, ruser = "", host = "", user = ruser] = FAILURE.exec(rest) ?? [];
    return { ...attemptOf(service, user), ok: false, source: canonicalAddress(host) };
  }
  const [opened, user = ""] = type === "session" ? (OPENED.exec(rest) ?? []) : [];
  return opened === undefined || NO_LOGIN.test(service) ? undefined : { ...attemptOf(service, user), ok: true };
}

const attemptOf = (service: string, user: string) =>
  ({ type: "attempt", service, method: "pam", user, source: undefined, port: undefined }) as const;
