import {
  type CollectContext,
  CollectError,
  type JournalPlace,
  type Report,
  readJournal,
  type TailPlace,
  tailFile,
} from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";
import { type Blocked, parseBlock } from "./parse-block";

type Context = CollectContext<Config>;

const WINDOW_MINUTES = 60;
const MAX_LINES = 20_000;
const MAX_BYTES = 8 * 1_024 * 1_024;
const MAX_LINE_BYTES = 4_096;
/** Addresses of one hour that are told apart. */
const MAX_SOURCES = 10_000;

interface Books {
  readonly places: Record<string, TailPlace>;
  journal: JournalPlace | undefined;
  hasBegun: boolean;
  readonly totals: Record<string, number>;
  /** By minute and address. */
  seen: { readonly minute: number; readonly source: string; count: number }[];
}

/** Reports packets that the firewall logged as blocked. Nothing before the first run counts. */
export async function reportBlocked(context: Context, report: Report<typeof metrics>): Promise<void> {
  const books: Books = context.memory.recall<Books>("blocked")?.value ?? {
    ...{ places: {}, journal: undefined, hasBegun: false, seen: [] },
    totals: { tcp: 0, udp: 0, icmp: 0, other: 0 },
  };
  context.memory.keep("blocked", books);
  const minute = Math.floor(context.now / 60_000);
  const count = counterOf(books, minute);
  if (context.config.logSource === "journal") await readKernelJournal(context, books, count);
  else await readLogFile(context, books, count);
  books.hasBegun = true;
  books.seen = books.seen.filter((entry) => minute - entry.minute < WINDOW_MINUTES);

  for (const [proto, total] of Object.entries(books.totals)) report("firewall_blocked_total", total, { proto });
  const sources = new Map<string, number>();
  for (const entry of books.seen) sources.set(entry.source, (sources.get(entry.source) ?? 0) + entry.count);
  report("firewall_blocked_sources", sources.size);
  const busiest = [...sources].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  for (const [source, packets] of busiest.slice(0, context.config.topBlocked))
    report("firewall_top_blocked", packets, { source });
}

function counterOf(books: Books, minute: number): (blocked: Blocked | undefined) => void {
  const byKey = new Map(books.seen.map((entry) => [`${entry.minute} ${entry.source}`, entry]));
  return (blocked) => {
    if (!blocked) return;
    books.totals[blocked.proto] = (books.totals[blocked.proto] ?? 0) + 1;
    const key = `${minute} ${blocked.source}`;
    const known = byKey.get(key);
    if (known) known.count += 1;
    else if (books.seen.length < MAX_SOURCES) {
      const entry = { minute, source: blocked.source, count: 1 };
      byKey.set(key, entry);
      books.seen.push(entry);
    }
  };
}

type Count = ReturnType<typeof counterOf>;

async function readKernelJournal(context: Context, books: Books, count: Count): Promise<void> {
  const question = { filters: ["_TRANSPORT=kernel"], startAt: "end", maxEntries: MAX_LINES } as const;
  const answer = await readJournal(context, books.journal, question);
  books.journal = answer.place;
  for (const { message } of answer.entries) count(parseBlock(message.slice(0, MAX_LINE_BYTES)));
}

async function readLogFile(context: Context, books: Books, count: Count): Promise<void> {
  const startAt = books.hasBegun ? "beginning" : "end";
  const options = {
    startAt,
    encoding: "utf-8",
    maxLineBytes: MAX_LINE_BYTES,
    maxLines: MAX_LINES,
    maxBytes: MAX_BYTES,
  } as const;
  let missing: CollectError | undefined;
  for (const path of context.config.logFiles) {
    const known = Object.hasOwn(books.places, path) ? books.places[path] : undefined;
    try {
      await tailFile(context, path, known, options, (step) => {
        books.places[path] = step.place;
        for (const line of step.lines) count(parseBlock(line));
        return true;
      });
      return;
    } catch (error) {
      if (context.signal.aborted || !(error instanceof CollectError) || error.reason !== "not_found") throw error;
      delete books.places[path];
      // Between the renaming of a log and its new file there is a moment without one.
      if (known) return;
      missing ??= error;
    }
  }
  if (missing) throw missing;
}
