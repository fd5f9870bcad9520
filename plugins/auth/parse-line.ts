export interface LogLine {
  /** When it says so in a way that needs no guessing. Epoch milliseconds. */
  readonly at: number | undefined;
  readonly program: string;
  readonly message: string;
}

/** 2026-11-23T15:12:01.123456+00:00 nas sshd[42]: message, as rsyslog writes since Debian 12 (RFC 3339). */
const ISO = /^(\d{4}-\d\d-\d\dT[\d:.,]{8,20}(?:Z|[+-]\d\d:?\d\d)) \S+ ([^\s:[\]]{1,60})(?:\[\d+\])?: (.*)$/s;
/** Nov 23 15:12:01 nas sshd[42]: message (RFC 3164). It says neither year nor zone. */
const TRADITIONAL = /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ ([^\s:[\]]{1,60})(?:\[\d+\])?: (.*)$/s;

/** Takes a line of a syslog file apart; undefined when it is none. */
export function parseLine(line: string): LogLine | undefined {
  const iso = ISO.exec(line);
  if (iso) {
    const [, time = "", program = "", message = ""] = iso;
    const at = Date.parse(time);
    return { at: Number.isFinite(at) ? at : undefined, program, message };
  }
  const [whole, program = "", message = ""] = TRADITIONAL.exec(line) ?? [];
  return whole === undefined ? undefined : { at: undefined, program, message };
}
