import type { AuthEvent } from "./events";
import { parsePam } from "./parse-pam";
import { parseSsh } from "./parse-ssh";
import { parseSu } from "./parse-su";
import { parseSudo } from "./parse-sudo";

interface Watched {
  readonly monitorSsh: boolean;
  readonly monitorSudo: boolean;
  readonly monitorSu: boolean;
  readonly monitorPam: boolean;
}

/** OpenSSH 9.8 and newer log as sshd-session and sshd-auth. */
const SSH = /^sshd(-session|-auth)?$/;
/** rsyslog and syslogd write a line that came again and again once. */
const REPEATED = /^message repeated (\d{1,6}) times?: \[ (.*)\]$/s;
/** No line stands for more. */
const MAX_COUNT = 100_000;

/** What a message of a program tells about a login; undefined when it tells nothing that counts. */
export function parseMessage(program: string, message: string, watched: Watched): AuthEvent | undefined {
  const [, times, inner] = REPEATED.exec(message) ?? [];
  const told = parseOne(program, (inner ?? message).trimEnd(), watched);
  if (!told) return undefined;
  const count = Math.min(MAX_COUNT, Math.max(1, Number(times ?? 1)) * (told.count ?? 1));
  return { ...told, count };
}

function parseOne(program: string, message: string, watched: Watched) {
  if (SSH.test(program)) return watched.monitorSsh ? parseSsh(message) : undefined;
  if (program === "sudo") return watched.monitorSudo ? parseSudo(message) : undefined;
  if (program === "su") return watched.monitorSu ? parseSu(message) : undefined;
  return watched.monitorPam ? parsePam(message) : undefined;
}
