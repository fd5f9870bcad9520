import { readPartEvery, toLabel } from "../sdk";
import { ROWS_SECONDS } from "./metrics";
import { parseAnswer, RowsAnswer, SchemaAnswer } from "./parse";
import { type Found, openingOf, type Survey } from "./survey";

const GIBIBYTE = 1_073_741_824;
/** Free space in a smaller file is nobody's trouble. */
const BLOAT_FROM_BYTES = 500_000_000;
/** Tables of one database whose rows are counted. */
const MAX_TABLES = 50;

/** What opening it told. */
export interface Seen {
  readonly tables: number | undefined;
  readonly indexes: number | undefined;
  /** Why it could not be opened, "" when it could. */
  readonly problem: string;
  /** The schema cannot be read because it is broken. */
  readonly isDamaged: boolean;
}

/** What its header and the files beside it tell. */
export function reportFile({ report }: Survey, found: Found): void {
  const { database, header, bytes } = found;
  report("sqlite_file_bytes", bytes, { database });
  report("sqlite_wal_bytes", found.walBytes, { database });
  report("sqlite_wal_limit_bytes", Math.max(bytes, GIBIBYTE), { database });
  report("sqlite_journal_bytes", found.journalBytes, { database });
  report("sqlite_modified_timestamp_seconds", found.modifiedAtMs / 1_000, { database });
  if (!header) return;
  const pages = header.pages ?? Math.floor(bytes / header.pageBytes);
  const free = pages > 0 ? Math.min(1, header.freePages / pages) : 0;
  report("sqlite_page_size_bytes", header.pageBytes, { database });
  report("sqlite_pages", pages, { database });
  report("sqlite_free_pages", header.freePages, { database });
  report("sqlite_free_ratio", free, { database });
  report("sqlite_bloat_ratio", bytes >= BLOAT_FROM_BYTES ? free : 0, { database });
  report("sqlite_change_counter_total", header.changeCounter, { database });
  report("sqlite_info", 1, {
    database,
    journal_mode: header.journalMode,
    encoding: header.encoding,
    user_version: String(header.userVersion),
    sqlite_version: header.sqliteVersion || "unknown",
  });
}

/** Opens it: how long that takes, whether a writer keeps it locked, and what is in it. */
export async function inspect(survey: Survey, found: Found): Promise<Seen> {
  const { report, ask } = survey;
  const { database } = found;
  const closed = { tables: undefined, indexes: undefined, isDamaged: false };
  if (!found.header) {
    report("sqlite_readable", 1, { database });
    return { ...closed, problem: "The file is empty." };
  }
  if (found.how === "none") {
    report("sqlite_readable", 1, { database });
    return { ...closed, problem: "Its write-ahead log was left open: it is put in order when its application starts." };
  }
  const answer = parseAnswer(SchemaAnswer, await ask({ read: "schema", ...openingOf(found, survey) }));
  report("sqlite_readable", answer.ok || answer.kind !== "foreign" ? 1 : 0, { database });
  if (answer.ok) {
    const { tables, indexes, ms } = answer.value;
    report("sqlite_locked", 0, { database });
    report("sqlite_open_duration_seconds", ms / 1_000, { database });
    report("sqlite_tables", tables, { database });
    report("sqlite_indexes", indexes, { database });
    return { tables, indexes, problem: "", isDamaged: false };
  }
  if (answer.kind === "locked") report("sqlite_locked", 1, { database });
  // With a journal beside it a writer is at work, or crashed: the size of the journal tells.
  if (answer.kind === "refused" && found.journalBytes === 0)
    report.partial("permission", `${found.path} may not be opened by the user Unity runs as.`);
  return { ...closed, problem: toLabel(answer.message), isDamaged: answer.kind === "damaged" };
}

/** Rows of its tables: seldom, because the smallest index of each is read. @returns whether some tables were left out */
export async function countRows(survey: Survey, found: Found): Promise<boolean> {
  const { report, context, ask } = survey;
  if (!context.config.tableCounts) return false;
  const key = `rows:${found.path}`;
  await readPartEvery(context, report, { key, seconds: ROWS_SECONDS }, async () => {
    const question = { read: "rows", ...openingOf(found, survey), maxTables: MAX_TABLES } as const;
    const answer = parseAnswer(RowsAnswer, await ask(question));
    if (!answer.ok) return;
    for (const { table, rows } of answer.value.counted)
      report("sqlite_table_rows", rows, { database: found.database, table: toLabel(table) });
    context.memory.keep(`more:${found.path}`, answer.value.more);
  });
  return context.memory.recall<boolean>(`more:${found.path}`)?.value ?? false;
}
