import type { HttpAnswer } from "../../../plugins/sdk/context";
import type { Delivered } from "../channels/channel";

/** What is shown is shorter, and cut when its secrets are out of it: half a secret would not be found. */
const MOST_SAID = 4_000;
/** A service that asks for more is asked again before; it says so again. */
const LONGEST_WAIT_MS = 3_600_000;

/**
 * What a service's answer means. 408, 425, 429 and its own faults may pass; anything else stays as it is.
 *
 * @param understood of a success: false for what is not the service's own answer, as a proxy's page
 */
export function judgeAnswer(
  answer: Pick<HttpAnswer, "status" | "headers" | "body">,
  now: number,
  understood: (read: unknown, body: string) => boolean = () => true,
): Delivered {
  const { status, headers, body } = answer;
  const read = parseJson(body);
  const said = sayingOf(read, body);
  const words = said === "" ? `${status}` : `${status}: ${said}`;
  if (status >= 200 && status < 300) {
    if (understood(read, body)) return { ok: true, answer: words };
    return { ok: false, again: true, answer: `Not what this service answers; check the address. ${words}` };
  }
  if (status >= 300 && status < 400)
    return { ok: false, again: false, answer: `It leads elsewhere; use the address where it ends. ${words}` };
  const again = status === 408 || status === 425 || status === 429 || status >= 500;
  const wait = again ? (waitOf(headers["retry-after"], now) ?? waitInside(read)) : undefined;
  return { ok: false, again, answer: words, ...(wait === undefined ? {} : { retryAfterMs: wait }) };
}

/** RFC 9110 10.2.3: seconds, or an instant. */
function waitOf(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const seconds = /^\s*\d{1,9}(\.\d+)?\s*$/.test(header) ? Number(header) : (Date.parse(header) - now) / 1_000;
  return bounded(seconds);
}

/** Discord has it as `retry_after`, Telegram and Matrix below other names. */
function waitInside(read: unknown): number | undefined {
  const inner = fieldOf(fieldOf(read, "parameters"), "retry_after") ?? fieldOf(read, "retry_after");
  if (typeof inner === "number") return bounded(inner);
  const ms = fieldOf(read, "retry_after_ms");
  return typeof ms === "number" ? bounded(ms / 1_000) : undefined;
}

const bounded = (seconds: number) =>
  Number.isFinite(seconds) ? Math.min(Math.max(Math.ceil(seconds * 1_000), 0), LONGEST_WAIT_MS) : undefined;

const WORDS = ["message", "error", "description", "errorDescription", "errors", "status"];

/** The service's own words; of a web page none. */
function sayingOf(read: unknown, body: string): string {
  const found = WORDS.map((name) => fieldOf(read, name)).find((value) => value !== undefined && value !== "");
  const text = typeof found === "string" ? found : JSON.stringify(found ?? read) || body;
  return /^\s*</.test(text) ? "" : text.trim().slice(0, MOST_SAID);
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined; // Plain text, or nothing: many services answer so.
  }
}

export function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return new Map(Object.entries(value)).get(name);
}
