import { toLabel } from "../sdk";

export interface SelEvent {
  /** Epoch milliseconds; undefined when the BMC had no time yet. */
  readonly at: number | undefined;
  readonly time: string;
  readonly what: string;
  readonly isCritical: boolean;
}

/** Trouble in ipmitool's words for events. */
const CRITICAL =
  /non-recoverable|(?<!non-)critical going|fail|fault|uncorrectable|ac lost|input lost|thermal trip|ierr|out-of-range|overload|overheat|redundancy lost|nmi/i;

/** `1,11/26/2026,09:00:00 UTC,Temperature CPU Temp,Upper Critical going high,Asserted,...` of `sel elist -c`; older ones name no zone. */
export function parseSel(csv: string): SelEvent[] {
  return csv.split("\n").flatMap((line): SelEvent[] => {
    const [id, date, time, sensor, event, direction, ...more] = line.split(",").map((cell) => cell.trim());
    if (id === undefined || date === undefined || time === undefined || event === undefined) return [];
    const at = parseSelTime(date, time);
    const what = [sensor, event, direction, more.join(",")].filter(Boolean).join(", ");
    return [
      {
        at,
        time: at === undefined ? "" : new Date(at).toISOString(),
        what: toLabel(what),
        isCritical: direction !== "Deasserted" && CRITICAL.test(event),
      },
    ];
  });
}

/** Month first. The BMC's clock is taken as UTC, as the specification wants it. */
export function parseSelTime(date: string, time: string): number | undefined {
  const [, month, day, year] = /^(\d\d?)\/(\d\d?)\/(\d{2}|\d{4})$/.exec(date) ?? [];
  const [clock] = /^\d\d:\d\d:\d\d/.exec(time) ?? [];
  if (month === undefined || day === undefined || year === undefined || clock === undefined) return undefined;
  const full = year.length === 2 ? `20${year}` : year;
  const at = Date.parse(`${full}-${month.padStart(2, "0")}-${day.padStart(2, "0")}T${clock}Z`);
  return Number.isNaN(at) ? undefined : at;
}
