import type { Cause } from "./verdict";

/** The closing statistics of `ping -q` (iputils, inetutils, BusyBox). */
export interface PingAnswer {
  readonly lossRatio: number;
  readonly durationSeconds: number | undefined;
  readonly address: string;
}

/** Undefined when it never got to send: then it complained instead. */
export function parsePing(stdout: string): PingAnswer | undefined {
  const counts = /(\d{1,6}) packets transmitted, (\d{1,6}) (?:packets )?received/.exec(stdout);
  const sent = Number(counts?.[1] ?? 0);
  if (sent === 0) return undefined;
  // Duplicates make more answers than questions.
  const received = Math.min(sent, Number(counts?.[2]));
  const mean = Number(/min\/avg\/max[^=\n]{0,20}= *[\d.]{1,20}\/([\d.]{1,20})\//.exec(stdout)?.[1]);
  return {
    lossRatio: 1 - received / sent,
    durationSeconds: received > 0 && Number.isFinite(mean) ? mean / 1_000 : undefined,
    address: /^PING [^\n(]{1,300}\(([0-9A-Fa-f.:%]{2,60})\)/.exec(stdout)?.[1] ?? "",
  };
}

/** What a complaint of `ping` says about the target; undefined when it says something about this machine. */
export function causeOf(stderr: string): Cause | undefined {
  if (/unknown host|bad address|not known|name resolution|no address associated|family for hostname/i.test(stderr))
    return "dns";
  return /unreachable|no route/i.test(stderr) ? "connect" : undefined;
}
