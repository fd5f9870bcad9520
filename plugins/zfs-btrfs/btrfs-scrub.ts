import { parseInstant } from "./parse-amount";
import type { Scan } from "./pool";

const SUMMARY = /^(\w+)=(\d+)$/;
/** Kinds of errors btrfs-progs counts. */
const KINDS: ReadonlySet<string> = new Set(["read", "super", "verify", "csum"]);

/**
 * Reads `btrfs scrub status --raw` (btrfs-progs 4 to 6): lines of "Name: value", dates in UTC because the tool runs with TZ=UTC.
 * Also the older "scrub started at <date> and finished after <h:mm:ss>".
 */
export function parseScrubStatus(text: string): Scan {
  const fields = new Map(
    text.split("\n").flatMap((line) => {
      const match = /^\s*([A-Za-z][A-Za-z ]*):\s*(.*)$/.exec(line);
      return match ? [[match[1] ?? "", match[2]?.trim() ?? ""] as const] : [];
    }),
  );
  const old =
    /scrub started at (.+?)(?:,? (and finished|was aborted|interrupted|running).*?)?(?: after ([\d:]+))?$/m.exec(text);
  const startedAt = parseInstant(fields.get("Scrub resumed") ?? fields.get("Scrub started") ?? old?.[1]);
  if (startedAt === undefined) return { kind: "none", running: false, errors: {} };
  const status = fields.get("Status") ?? (old?.[2] === "and finished" ? "finished" : (old?.[2] ?? ""));
  const running = status === "running";
  const seconds = parseDuration(fields.get("Duration") ?? old?.[3]);
  const progress = /\(([\d.]+)%\)/.exec(fields.get("Bytes scrubbed") ?? "")?.[1];
  return {
    kind: "scrub",
    running,
    finishedAt: status === "finished" && seconds !== undefined ? startedAt + seconds : undefined,
    progressRatio: running && progress !== undefined ? Number(progress) / 100 : undefined,
    errors: status === "finished" || running ? parseErrors(text, fields) : {},
  };
}

/** "no errors found", or "csum=9200 read=2" with Corrected, Uncorrectable and Unverified below; the older form in one line. */
function parseErrors(text: string, fields: ReadonlyMap<string, string>): Record<string, number> {
  const clean = /no errors found|with 0 errors/.test(text);
  const errors: Record<string, number> = clean ? { corrected: 0, uncorrectable: 0 } : {};
  const details = fields.get("Error summary") ?? fields.get("error details") ?? "";
  for (const word of details.split(/\s+/)) {
    const [, kind = "", number] = SUMMARY.exec(word) ?? [];
    if (KINDS.has(kind)) errors[kind] = Number(number);
  }
  const tail = /corrected errors: (\d+), uncorrectable errors: (\d+), unverified errors: (\d+)/.exec(text);
  for (const [index, name] of ["Corrected", "Uncorrectable", "Unverified"].entries()) {
    const said = fields.get(name) ?? tail?.[index + 1];
    if (said !== undefined && /^\d+$/.test(said)) errors[name.toLowerCase()] = Number(said);
  }
  return errors;
}

/** "0:12:33", "12:33" or "1 day, 0:12:33". */
function parseDuration(text: string | undefined): number | undefined {
  const match = /^(?:(\d+) days?,? )?(?:(\d+):)?(\d+):(\d+)$/.exec(text ?? "");
  if (!match) return undefined;
  const [, dayCount, hourCount, minuteCount, secondCount] = match.map((part) => Number(part ?? 0));
  return (dayCount ?? 0) * 86_400 + (hourCount ?? 0) * 3_600 + (minuteCount ?? 0) * 60 + (secondCount ?? 0);
}
