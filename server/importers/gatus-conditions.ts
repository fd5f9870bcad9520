import { secondsOf } from "./go-duration";
import { pointerOf, scalarOf } from "./json-path";

/** Gatus' conditions as settings of a plugin; what nothing here is like is told in words. */

type Of = "http" | "tcp" | "icmp" | "dns" | "certificate";
interface Mapped {
  readonly config: Readonly<Record<string, unknown>>;
  readonly left: readonly string[];
}

interface Gathered {
  readonly statuses: string[];
  readonly json: object[];
  readonly more: Record<string, unknown>;
}

/** Nobody writes longer ones, and they are looked through more than once. */
const LONGEST = 1_000;
const LOWEST_STATUS = 100;
const HIGHEST_STATUS = 599;

/** Each takes a condition, or leaves it to the next. */
type Taker = (parts: { left: string; op: string; right: string; of: Of }, into: Gathered) => boolean;

const TAKERS: readonly Taker[] = [takeStatus, takeBody, takeTime, takeCertificate, takeCertain];

export function mapConditions(conditions: readonly string[], of: Of): Mapped {
  const into: Gathered = { statuses: [], json: [], more: {} };
  const left: string[] = [];
  for (const condition of conditions.map((one) => one.slice(0, LONGEST))) {
    const [, one = "", op = "", other = ""] = /^\s*(.+?)\s*(==|!=|<=|>=|<|>)\s*(.+?)\s*$/s.exec(condition) ?? [];
    const parts = { left: one, op, right: other, of };
    if (one === "" || !TAKERS.some((take) => take(parts, into))) left.push(`The condition ${condition.slice(0, 200)}`);
  }
  return {
    config: {
      ...(into.statuses.length > 0 ? { expectedStatus: into.statuses } : {}),
      // Gatus takes any answer where no condition speaks of its status.
      ...(of === "http" && into.statuses.length === 0
        ? { expectedStatus: [`${LOWEST_STATUS}-${HIGHEST_STATUS}`] }
        : {}),
      ...(into.json.length > 0 ? { jsonAssert: into.json } : {}),
      ...into.more,
    },
    left,
  };
}

function takeStatus({ left, op, right }: Parameters<Taker>[0], { statuses }: Gathered): boolean {
  if (left !== "[STATUS]") return false;
  // Two ranges would both have to hold, which a list of codes does not say.
  if (statuses.length > 0) return false;
  const any = /^any\((.+)\)$/
    .exec(right)?.[1]
    ?.split(",")
    .map((one) => one.trim());
  const codes = any ?? [right];
  if (!codes.every((code) => /^[1-5]\d\d$/.test(code))) return false;
  const code = Number(right);
  if (op === "==") statuses.push(...codes);
  else if (any) return false;
  else if (op === "<" && code > LOWEST_STATUS) statuses.push(`${LOWEST_STATUS}-${code - 1}`);
  else if (op === "<=") statuses.push(`${LOWEST_STATUS}-${code}`);
  else if (op === ">" && code < HIGHEST_STATUS) statuses.push(`${code + 1}-${HIGHEST_STATUS}`);
  else if (op === ">=") statuses.push(`${code}-${HIGHEST_STATUS}`);
  else return false;
  return true;
}

function takeBody({ left, op, right, of }: Parameters<Taker>[0], { json, more }: Gathered): boolean {
  if (of !== "http" && of !== "dns") return false;
  const pattern = /^pat\((.*)\)$/s.exec(right)?.[1];
  if (left === "[BODY]" && of === "dns") {
    if (op !== "==" || pattern !== undefined || more.probeExpect !== undefined) return false;
    more.probeExpect = right;
    return true;
  }
  if (left === "[BODY]") {
    const middle = /^\*([^*]+)\*$/s.exec(pattern ?? "")?.[1];
    const name = { "==": "mustContain", "!=": "mustNotContain" }[op];
    if (middle === undefined || name === undefined || more[name] !== undefined || middle.startsWith("/")) return false;
    more[name] = middle;
    return true;
  }
  const has = /^has\(\[BODY\](\..+|\[.+)\)$/.exec(left)?.[1];
  const path = pointerOf((has ?? /^\[BODY\](\..+|\[\d.*)$/.exec(left)?.[1] ?? "(").replace(/^\./, ""));
  if (path === undefined || pattern !== undefined || right.includes("(")) return false;
  if (has !== undefined) {
    if (op !== "==" || right !== "true") return false;
    json.push({ path, op: "exists" });
    return true;
  }
  const kind = { "==": "eq", "!=": "ne", ">": "gt", "<": "lt" }[op];
  if (kind === undefined) return false;
  json.push({ path, op: kind, value: scalarOf(right) });
  return true;
}

function takeTime({ left, op, right, of }: Parameters<Taker>[0], { more }: Gathered): boolean {
  if (left !== "[RESPONSE_TIME]" || (op !== "<" && op !== "<=") || of === "dns" || of === "certificate") return false;
  const ms = /^\d+$/.test(right) ? Number(right) : (secondsOf(right) ?? Number.NaN) * 1_000;
  if (!(ms >= 1 && ms <= 60_000)) return false;
  more.maxDurationMs = Math.round(ms);
  return true;
}

const DAY_SECONDS = 86_400;

function takeCertificate({ left, op, right, of }: Parameters<Taker>[0], { more }: Gathered): boolean {
  if (left !== "[CERTIFICATE_EXPIRATION]" || (op !== ">" && op !== ">=")) return false;
  const days = Math.ceil((secondsOf(right) ?? 0) / DAY_SECONDS);
  if (days < 1 || days > 365) return false;
  if (of === "certificate") {
    more.warningDays = Math.max(days, 7);
    if (days < 7) more.criticalDays = days;
  } else if (of === "http") more.certificateWarningDays = days;
  else return false;
  return true;
}

/** What Unity asks of every endpoint anyway. */
function takeCertain({ left, op, right }: Parameters<Taker>[0]): boolean {
  return (
    op === "==" && ((left === "[CONNECTED]" && right === "true") || (left === "[DNS_RCODE]" && right === "NOERROR"))
  );
}
