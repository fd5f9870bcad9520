import { z } from "zod";
import type { CollectContext, ExecAnswer } from "./context";
import { CollectError } from "./errors";

/** Where reading stopped. Plain data, to be kept between runs. */
export interface JournalPlace {
  readonly cursor?: string | undefined;
  /** Before there was an entry, or when the cursor is known no more: from here on. Unix seconds. */
  readonly sinceSeconds: number;
}
export interface JournalEntry {
  /** "" when it is too large for journalctl to show. */
  readonly message: string;
  /** 0 (emergency) to 7 (debug). */
  readonly priority: number | undefined;
  readonly identifier: string;
  readonly unit: string;
  readonly atMs: number;
  /** Behind this entry. */
  readonly place: JournalPlace;
}
export interface JournalAnswer {
  readonly entries: readonly JournalEntry[];
  readonly place: JournalPlace;
  /** There is more for the next run. */
  readonly more: boolean;
  /** When the last entry was written that was read or passed over at the beginning. */
  readonly lastAtMs: number | undefined;
}
interface JournalQuestion {
  /** Filters of journalctl: `--unit=`, `--identifier=`, `--priority=` and `FIELD=value` matches with `+` between. */
  readonly filters: readonly string[];
  /** Folder of another journal than this machine's. */
  readonly directory?: string | undefined;
  /** Where to begin without a place; the end gives no entries. */
  readonly startAt: "beginning" | "end";
  readonly maxEntries: number;
}

/** What is asked for beside the cursor and the time. A journal's entry has thirty fields. */
const FIELDS = "MESSAGE,PRIORITY,SYSLOG_IDENTIFIER,_SYSTEMD_UNIT";
const TURN_ENTRIES = 500;

/** journalctl writes bytes that are no text as a list of numbers, a field that came twice as a list of values, a large one as null. */
type Value = string | readonly (number | string | null | readonly number[])[] | null | undefined;
const Value: z.ZodType<Value> = z
  .union([z.string(), z.null(), z.array(z.union([z.number(), z.string(), z.null(), z.array(z.number())]))])
  .optional();
const Entry = z.object({
  __CURSOR: z.string().min(1),
  __REALTIME_TIMESTAMP: z.coerce.number(),
  MESSAGE: Value,
  PRIORITY: Value,
  SYSLOG_IDENTIFIER: Value,
  _SYSTEMD_UNIT: Value,
});

/**
 * Reads the entries that the systemd journal got since it was last looked at, oldest first, through `journalctl -o json`
 * (systemd's "Journal JSON Format").
 *
 * @throws CollectError `missing_tool`, `permission`, `not_found` when there is no journal, `protocol`
 */
export async function readJournal(
  { exec, now }: Pick<CollectContext, "exec" | "now">,
  known: JournalPlace | undefined,
  { filters, directory, startAt, maxEntries }: JournalQuestion,
): Promise<JournalAnswer> {
  const atEnd = known === undefined && startAt === "end";
  const ask = (start: readonly string[]) => {
    const options = ["--no-pager", "--output=json", `--output-fields=${FIELDS}`];
    const place = directory === undefined ? [] : [`--directory=${directory}`];
    return exec("journalctl", [...options, ...place, ...start, ...filters], { package: "systemd", cut: true });
  };
  let answer = await ask(atEnd ? ["--lines=1"] : from(known));
  // Another journal than the one the cursor is of: it goes on by time.
  if (known?.cursor !== undefined && answer.code !== 0 && /seek to cursor/i.test(answer.stderr))
    answer = await ask(from({ sinceSeconds: known.sinceSeconds }));
  const { lines, whole } = splitLines(answer);
  refuse(answer, lines.length > 0);
  const entries: JournalEntry[] = [];
  for (const line of lines.slice(0, maxEntries)) {
    entries.push(parseEntry(line));
    // Thousands of them take a while; others get their turn in between.
    if (entries.length % TURN_ENTRIES === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const last = entries.at(-1);
  const begin = { sinceSeconds: Math.floor(now / 1_000) };
  return {
    entries: atEnd ? [] : entries,
    place: last?.place ?? known ?? begin,
    more: !whole || lines.length > maxEntries,
    lastAtMs: last?.atMs,
  };
}

function from(place: JournalPlace | undefined): string[] {
  if (place?.cursor !== undefined) return [`--after-cursor=${place.cursor}`];
  return place ? [`--since=@${place.sinceSeconds}`] : [];
}

/** Of an answer that was cut, the last line is half a line. */
function splitLines({ stdout, truncated }: ExecAnswer): { lines: string[]; whole: boolean } {
  const end = stdout.lastIndexOf("\n");
  const text = truncated ? stdout.slice(0, Math.max(0, end)) : stdout;
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("-- "));
  if (truncated && lines.length === 0)
    throw new CollectError("protocol", "journalctl printed an entry of more than 8 MiB.");
  return { lines, whole: truncated !== true };
}

function refuse({ code, stderr, truncated }: ExecAnswer, hasEntries: boolean): void {
  const said = stderr.trim().split("\n").at(-1)?.slice(0, 200) ?? "";
  if (/not seeing messages|insufficient permissions|permission denied/i.test(stderr))
    throw new CollectError("permission", "The user Unity runs as may not read the system's journal.", {
      hint: "Add it to the group systemd-journal (usermod -aG systemd-journal unity) and restart Unity.",
    });
  if (/no journal files were found/i.test(stderr) || (code !== 0 && /no such file/i.test(stderr)))
    throw new CollectError("not_found", `There is no journal: ${said}`, {
      hint: "Check that systemd-journald runs here, or name the folder of the journal.",
    });
  if (code !== 0 && !truncated && !hasEntries)
    throw new CollectError("protocol", `journalctl ended with exit code ${code}: ${said}`);
}

function parseEntry(line: string): JournalEntry {
  let parsed: z.output<typeof Entry>;
  try {
    parsed = Entry.parse(JSON.parse(line));
  } catch (error) {
    throw new CollectError("parse", `journalctl printed what is no entry: ${line.slice(0, 100)}`, { cause: error });
  }
  const priority = textOf(parsed.PRIORITY);
  const atMs = parsed.__REALTIME_TIMESTAMP / 1_000;
  return {
    message: textOf(parsed.MESSAGE),
    priority: /^[0-7]$/.test(priority) ? Number(priority) : undefined,
    identifier: textOf(parsed.SYSLOG_IDENTIFIER),
    unit: textOf(parsed._SYSTEMD_UNIT),
    atMs,
    place: { cursor: parsed.__CURSOR, sinceSeconds: Math.floor(atMs / 1_000) + 1 },
  };
}

function textOf(value: Value): string {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  const [first] = value;
  if (typeof first === "number") return decode(value.filter((byte) => typeof byte === "number"));
  if (typeof first === "string") return first;
  return first ? decode(first) : "";
}

const decode = (bytes: readonly number[]) => new TextDecoder().decode(Uint8Array.from(bytes));
