import { type JournalPlace, readJournal, type TailPlace, tailFile, toLabel } from "../sdk";
import { type MailEvent, parseLogLine, parseLogMessage } from "./log-events";
import type { Context, Reporter } from "./parts";

interface Counts {
  readonly delivery: Readonly<Record<string, number>>;
  readonly rejected: number;
  readonly auth: Readonly<Record<string, number>>;
}

const NONE: Counts = {
  delivery: { sent: 0, deferred: 0, bounced: 0, expired: 0 },
  rejected: 0,
  auth: { smtp: 0, imap: 0 },
};

/** Of one run; a busy server writes a tenth of it in a minute. The rest waits for the next. */
const LIMITS = { encoding: "utf-8", maxLineBytes: 8_192, maxLines: 50_000, maxBytes: 8 * 1_024 * 1_024 } as const;
const JOURNAL = "journal:";

/** Counts what was written since the last run. The first run only finds the end: what was before is not counted. */
export async function collectLog(context: Context, report: Reporter, logPath: string): Promise<void> {
  const events = logPath.startsWith(JOURNAL)
    ? await readUnits(context, logPath.slice(JOURNAL.length).split(","))
    : await readFileEvents(context, report, logPath);
  const counts = events.reduce(count, context.memory.recall<Counts>("log:counts")?.value ?? NONE);
  context.memory.keep("log:counts", counts);
  for (const [status, number] of Object.entries(counts.delivery)) report("mail_delivery_total", number, { status });
  report("mail_rejected_total", counts.rejected);
  for (const [service, number] of Object.entries(counts.auth))
    report("mail_auth_failures_total", number, { service: toLabel(service) });
}

async function readFileEvents(context: Context, report: Reporter, path: string): Promise<MailEvent[]> {
  const { memory } = context;
  const events: MailEvent[] = [];
  const known = memory.recall<TailPlace>("log:place")?.value;
  await tailFile(context, path, known, { ...LIMITS, startAt: "end" }, ({ lines, place, lost }) => {
    memory.keep("log:place", place);
    events.push(...lines.map(parseLogLine).filter((event) => event !== undefined));
    if (lost) report.partial("partial", `A part of ${path} was gone before it was read; it is not counted.`);
    return true;
  });
  return events;
}

async function readUnits(context: Context, units: readonly string[]): Promise<MailEvent[]> {
  const { memory } = context;
  const known = memory.recall<JournalPlace>("log:journal")?.value;
  const filters = units.map((unit) => `--unit=${unit}`);
  const { entries, place } = await readJournal(context, known, {
    filters,
    startAt: "end",
    maxEntries: LIMITS.maxLines,
  });
  memory.keep("log:journal", place);
  return entries
    .map(({ identifier, message }) => parseLogMessage(identifier, message))
    .filter((event) => event !== undefined);
}

function count(counts: Counts, event: MailEvent): Counts {
  switch (event.kind) {
    case "delivery":
      return { ...counts, delivery: { ...counts.delivery, [event.status]: (counts.delivery[event.status] ?? 0) + 1 } };
    case "rejected":
      return { ...counts, rejected: counts.rejected + 1 };
    case "auth":
      return { ...counts, auth: { ...counts.auth, [event.service]: (counts.auth[event.service] ?? 0) + event.times } };
    default:
      return event satisfies never;
  }
}
