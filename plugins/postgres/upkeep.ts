import type { Setting } from "./activity";
import { SLOW_SECONDS } from "./metrics";
import {
  ArchiverRow,
  BytesRow,
  CheckpointsRow,
  PendingRow,
  parseRow,
  parseRows,
  StatementRow,
  TableRow,
  toLabel,
} from "./parse";
import { ARCHIVER, checkpointsQuery, SETTINGS_PENDING, statementsQuery, TABLES, WAL_SIZE } from "./queries";
import { attempt, attemptSometimes, type Survey } from "./survey";

/** What the server does for itself: checkpoints, archiving, WAL, settings that wait. */
export async function collectUpkeep(survey: Survey, settings: readonly Setting[]): Promise<void> {
  const { report, ask, server, context, readsAll } = survey;
  await attempt(survey, "Checkpoints", async () => {
    const { timed, requested } = parseRow(CheckpointsRow, await ask({ sql: checkpointsQuery(server) }));
    report("postgres_checkpoints_total", timed, { kind: "timed" });
    report("postgres_checkpoints_total", requested, { kind: "requested" });
  });
  const archiving = settings.find(({ name }) => name === "archive_mode")?.setting;
  if (archiving === "on" || archiving === "always")
    await attempt(survey, "Archiving", async () => {
      report("postgres_archive_failed_total", parseRow(ArchiverRow, await ask({ sql: ARCHIVER })).failed);
    });
  await attempt(survey, "Settings", async () => {
    report("postgres_settings_pending_restart", parseRow(PendingRow, await ask({ sql: SETTINGS_PENDING })).pending);
  });
  // The folder of the WAL may be listed by pg_monitor only; that it is missing has been said.
  if (!context.config.collectSizes || !readsAll) return;
  await attemptSometimes(survey, { key: "wal", seconds: SLOW_SECONDS, what: "The size of the WAL" }, async () => {
    report("postgres_wal_size_bytes", parseRow(BytesRow, await ask({ sql: WAL_SIZE })).bytes);
  });
}

export async function collectTables(survey: Survey): Promise<readonly TableRow[] | undefined> {
  const { report, ask, context } = survey;
  if (!context.config.collectTables) return undefined;
  return attemptSometimes(survey, { key: "tables", seconds: SLOW_SECONDS, what: "Tables" }, async () => {
    const rows = parseRows(TableRow, await ask({ sql: TABLES }));
    for (const { schema, name, dead } of rows)
      report("postgres_dead_rows", dead, { table: toLabel(`${schema}.${name}`) });
    return rows;
  });
}

/** Only a list: the totals of pg_stat_statements fall whenever it forgets a statement, so they are no counters. */
export async function readStatements(survey: Survey): Promise<readonly StatementRow[] | undefined> {
  const { ask, context, server } = survey;
  if (!context.config.collectStatements) return undefined;
  return attemptSometimes(survey, { key: "statements", seconds: SLOW_SECONDS, what: "Statements" }, async () =>
    parseRows(StatementRow, await ask({ sql: statementsQuery(server) })),
  );
}
