/** One thing of interest that a line of a mail log tells. */
export type MailEvent =
  | { readonly kind: "delivery"; readonly status: "sent" | "deferred" | "bounced" | "expired" }
  | { readonly kind: "rejected" }
  | { readonly kind: "auth"; readonly service: string; readonly times: number };

/** Of syslog: what stands before the text is the machine's own. "Jan  1 00:00:00 mx postfix/smtpd[12]: text" */
const SYSLOG = /^(?:\S+\s+){2,4}?([\w./-]+)(?:\[\d+\])?: (.*)$/;
/** Of Exim's own file: time, perhaps zone and process, then the text. */
const EXIM = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? (?:[+-]\d{4} )?(?:\[\d+\] )?(.*)$/;
const EXIM_ID = /^\w{6}-\w{6,11}-\w{2,4} (=>|->|>>|==|\*\*) /;
const EXIM_STATUS = { "=>": "sent", "->": "sent", ">>": "sent", "==": "deferred", "**": "bounced" } as const;
const DELIVERY = /^\w+: to=<.*?>, .*?status=(sent|deferred|bounced|expired) /;

const SENDMAIL_STATUS: Readonly<Record<string, "sent" | "deferred" | "bounced">> = {
  "2": "sent",
  "4": "deferred",
  "5": "bounced",
};

/** Understands lines of the logs of Postfix, Dovecot, Exim and Sendmail. */
export function parseLogLine(line: string): MailEvent | undefined {
  const [, eximText] = EXIM.exec(line) ?? [];
  if (eximText !== undefined) return parseExim(eximText);
  const [, program = "", text = ""] = SYSLOG.exec(line) ?? [];
  return parseLogMessage(program, text);
}

/**
 * Understands what a program said. Texts after the first words come from strangers, so each pattern begins where the
 * server's own words do.
 *
 * @param program as syslog names it: "postfix/submission/smtpd"
 */
export function parseLogMessage(program: string, text: string): MailEvent | undefined {
  if (program.startsWith("postfix")) return parsePostfix(program.split("/").at(-1) ?? "", text);
  if (program === "dovecot") return parseDovecot(text);
  if (/^exim4?$/.test(program)) return parseExim(text);
  if (/^(sendmail|sm-mta|sendmail-mta|sm-msp-queue)$/.test(program)) return parseSendmail(text);
  return undefined;
}

function parsePostfix(daemon: string, text: string): MailEvent | undefined {
  if (daemon === "qmgr")
    return /^\w+: from=<.*?>, status=expired, /.test(text) ? { kind: "delivery", status: "expired" } : undefined;
  const [, status] = DELIVERY.exec(text) ?? [];
  if (status !== undefined && isStatus(status)) return { kind: "delivery", status };
  if (/^(?:NOQUEUE|\w+): (?:milter-)?reject: /.test(text)) return { kind: "rejected" };
  if (/^warning: \S+: SASL \S+ authentication failed/.test(text)) return { kind: "auth", service: "smtp", times: 1 };
  return undefined;
}

function parseDovecot(text: string): MailEvent | undefined {
  const [, service, times] = /^([a-z0-9]+)-login: [^<]*?\(auth failed, (\d{1,4}) attempts/.exec(text) ?? [];
  return service === undefined ? undefined : { kind: "auth", service, times: Number(times) };
}

function parseExim(text: string): MailEvent | undefined {
  const [, mark] = EXIM_ID.exec(text) ?? [];
  if (mark !== undefined && isMark(mark)) return { kind: "delivery", status: EXIM_STATUS[mark] };
  if (/^\w+ authenticator failed for /.test(text)) return { kind: "auth", service: "smtp", times: 1 };
  return /^(?:\w{6}-\w{6,11}-\w{2,4} )?H=.*? rejected /.test(text) ? { kind: "rejected" } : undefined;
}

function parseSendmail(text: string): MailEvent | undefined {
  const [, dsn] = /^\w+: to=.*?, dsn=([245])\.\d+\.\d+, stat=/.exec(text) ?? [];
  const status = dsn === undefined ? undefined : SENDMAIL_STATUS[dsn];
  if (status !== undefined) return { kind: "delivery", status };
  if (/^\w+: AUTH failure /.test(text)) return { kind: "auth", service: "smtp", times: 1 };
  return /^\w+: ruleset=\w+, .*?reject=/.test(text) ? { kind: "rejected" } : undefined;
}

const isMark = (mark: string): mark is keyof typeof EXIM_STATUS => Object.hasOwn(EXIM_STATUS, mark);
const isStatus = (status: string): status is "sent" | "deferred" | "bounced" | "expired" =>
  ["sent", "deferred", "bounced", "expired"].includes(status);
