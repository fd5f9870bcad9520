import type { Told } from "./events";

/** sudo's own lines: `anna : TTY=pts/0 ; PWD=/home/anna ; USER=root ; COMMAND=/bin/ls`, or why not before these. */
const LINE = /^\s*(\S{1,256}) : (.*)$/s;

export function parseSudo(message: string): Told | undefined {
  const [whole, user = "", rest = ""] = LINE.exec(message) ?? [];
  if (whole === undefined || rest.startsWith("(command continued)")) return undefined;
  const [, tries] = /^(\d{1,4}) incorrect password attempts? ;/.exec(rest) ?? [];
  if (tries !== undefined) return { type: "sudo", user, result: "failed", count: Math.max(1, Number(tries)) };
  if (
    /^(user NOT|NOT in sudoers|user NOT in sudoers|user NOT authorized|command not allowed|no tty present)/.test(rest)
  )
    return { type: "sudo", user, result: "denied" };
  if (/^(a password is required|a terminal is required|authentication failure)/.test(rest))
    return { type: "sudo", user, result: "failed" };
  // What is run comes last, and is the user's own text.
  return /^(HOST|TTY|PWD|CHROOT|GROUP|USER)=.* ; COMMAND=/s.test(rest)
    ? { type: "sudo", user, result: "allowed" }
    : undefined;
}
