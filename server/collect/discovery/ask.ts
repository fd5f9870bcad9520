import type { Doors } from "../../../plugins/sdk/context";
import type { Ask } from "./recognise";
import { isLoopback } from "./service";

const TIMEOUT_MS = 1_500;
const MAX_BYTES = 64 * 1_024;
/** The machine that is looked at may be a small one. */
const AT_ONCE = 6;

/**
 * The one question that may be asked of a service: a GET without credentials, to the loopback address, as a plugin's trace has it. The same
 * question is asked once, whichever plugins have it.
 */
export function createAsk(doors: Pick<Doors, "fetch">, signal: AbortSignal): Ask {
  const answers = new Map<string, Promise<Seen | undefined>>();
  let busy = 0;
  const line: (() => void)[] = [];

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    while (busy >= AT_ONCE) await new Promise<void>((resolve) => line.push(resolve));
    busy += 1;
    try {
      return await work();
    } finally {
      busy -= 1;
      line.shift()?.();
    }
  }
  async function get(url: string): Promise<Seen | undefined> {
    if (signal.aborted) return undefined;
    try {
      const limits = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES, maxRedirects: 0 };
      return await doors.fetch(url, { ...limits, tls: { verify: false } });
    } catch {
      // Not HTTP, or nothing that answers in time: it is something else.
      return undefined;
    }
  }
  return async ({ trace: { answer }, service: { host, place } }) => {
    if (!answer || !isLoopback(host)) return false;
    const url = `${answer.tls ? "https" : "http"}://${place}${answer.path}`;
    const asked = answers.get(url) ?? inTurn(() => get(url));
    answers.set(url, asked);
    const seen = await asked;
    return seen !== undefined && fits(answer, seen);
  };
}

interface Seen {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
type Answer = NonNullable<Parameters<Ask>[0]["trace"]["answer"]>;

function fits({ status = [200], body, header }: Answer, seen: Seen): boolean {
  if (status !== "any" && !status.includes(seen.status)) return false;
  if (body !== undefined && !seen.body.includes(body)) return false;
  return header === undefined || (seen.headers[header[0]]?.includes(header[1]) ?? false);
}
