/** Seconds and milliseconds of our time lie this far apart. */
const FIRST_MS = 100_000_000_000;

/**
 * An instant in epoch milliseconds: ISO 8601 (UTC where no zone is named, as borg writes under TZ=UTC), Duplicati's `20260820T101500Z`, or
 * a number of seconds or milliseconds. Undefined for anything else.
 */
export function parseTime(given: unknown): number | undefined {
  if (typeof given === "number") return given > 0 ? (given < FIRST_MS ? given * 1_000 : given) : undefined;
  if (typeof given !== "string" || given.trim() === "") return undefined;
  const text = given.trim().replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)/, "$1-$2-$3T$4:$5:$6");
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/i.test(text);
  // Nanoseconds are more than Date takes.
  const at = Date.parse(`${text.replace(/(\.\d{3})\d+/, "$1")}${hasZone || /^\d{4}-\d\d-\d\d$/.test(text) ? "" : "Z"}`);
  return Number.isNaN(at) || at <= 0 ? undefined : at;
}

/** `hh:mm:ss.fffffff`, with days before as `d.hh:mm:ss`. Seconds. */
export function parseDuration(text: string | undefined): number | undefined {
  const parts = /^(?:(\d+)\.)?(\d+):(\d\d):(\d\d(?:\.\d+)?)$/.exec(text?.trim() ?? "");
  if (!parts) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  return days * 86_400 + hours * 3_600 + minutes * 60 + seconds;
}
