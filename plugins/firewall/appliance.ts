import { type CollectContext, CollectError, type Reason, type Report } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";

type Context = CollectContext<Config>;
type Reported = Report<typeof metrics>;

/** A firewall of many interfaces and services answers with some 100 KiB. */
export const MAX_BYTES = 1_024 * 1_024;
/** So many answers in a row that make no sense, and none that does: it is something else. */
const MAX_NONSENSE = 2;

/** These end the run at once: asking ten times with a wrong key locks out, and ten times of nobody takes ten time-outs. */
const FINAL = new Set<Reason>(["auth", "unreachable", "timeout", "dns", "tls"]);

/** One question to an appliance, of which each needs a privilege of its own. */
export interface Part {
  readonly title: string;
  read(): Promise<void>;
}

/**
 * Asks everything, one after the other. What is refused is left out and said once for each reason.
 *
 * @throws CollectError when it does not answer at all, does not know us, or refuses everything
 */
export async function readParts({ signal }: Context, report: Reported, parts: readonly Part[]): Promise<void> {
  const refused: { title: string; error: CollectError }[] = [];
  let answered = 0;
  for (const { title, read } of parts) {
    try {
      await read();
      answered += 1;
    } catch (error) {
      if (signal.aborted || !(error instanceof CollectError) || FINAL.has(error.reason)) throw error;
      refused.push({ title, error });
      const nonsense = refused.filter(({ error: { reason } }) => reason === "parse" || reason === "protocol");
      if (answered === 0 && nonsense.length >= MAX_NONSENSE && nonsense[0]) throw nonsense[0].error;
    }
  }
  const [first] = refused;
  if (first && refused.length === parts.length) throw first.error;
  for (const reason of new Set(refused.map(({ error }) => error.reason))) {
    const ofReason = refused.filter(({ error }) => error.reason === reason);
    const titles = ofReason.map(({ title }) => title).join(", ");
    report.partial(reason, `Not read: ${titles}. ${ofReason[0]?.error.message ?? ""}`);
  }
}

export interface Gateway {
  readonly name: string;
  readonly up: boolean;
  readonly delayMs: number | undefined;
  readonly jitterMs: number | undefined;
  readonly lossPercent: number | undefined;
}

export function reportGateway(report: Reported, { name: gateway, up, delayMs, jitterMs, lossPercent }: Gateway): void {
  report("firewall_gateway_up", up ? 1 : 0, { gateway });
  // Of one that does not answer, some say that it took no time.
  if (up && delayMs !== undefined) report("firewall_gateway_delay_seconds", delayMs / 1_000, { gateway });
  if (up && jitterMs !== undefined) report("firewall_gateway_jitter_seconds", jitterMs / 1_000, { gateway });
  if (lossPercent !== undefined) report("firewall_gateway_loss_ratio", lossPercent / 100, { gateway });
}

export function reportStates(report: Reported, count: number | undefined, limit: number | undefined): void {
  if (count !== undefined) report("firewall_states", count);
  if (limit !== undefined) report("firewall_states_limit", limit);
  if (count !== undefined && limit) report("firewall_states_ratio", count / limit);
}

/** "12 days, 03:04:05", "03:04:05" and "12 Days 03 Hours 04 Minutes 05 Seconds", in seconds. */
export function parseUptime(text: string): number | undefined {
  const clock = /^(?:(\d+)\D+,\s*)?(\d+):(\d\d):(\d\d)$/.exec(text.trim());
  if (clock) {
    const [days = 0, hours = 0, minutes = 0, seconds = 0] = clock.slice(1).map((part) => Number(part ?? 0));
    return days * 86_400 + hours * 3_600 + minutes * 60 + seconds;
  }
  const words = [...text.matchAll(/(\d+)\s*(day|hour|minute|second)s?/gi)];
  if (words.length === 0) return undefined;
  return words.reduce((sum, [, count, unit = ""]) => sum + Number(count) * (SECONDS[unit.toLowerCase()] ?? 0), 0);
}
const SECONDS: Readonly<Record<string, number>> = { day: 86_400, hour: 3_600, minute: 60, second: 1 };
