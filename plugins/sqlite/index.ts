import { type CollectContext, chart, definePlugin, meter, type Report, states, table } from "../sdk";
import { alerts } from "./alerts";
import { checkDatabases } from "./check";
import { type Config, config } from "./config";
import { discover } from "./discover";
import { findDatabases } from "./find-databases";
import { countRows, inspect, reportFile, type Seen } from "./inspect";
import { describeDatabases } from "./inventory";
import { metrics } from "./metrics";
import type { Question } from "./reader";
import type { Found, Survey } from "./survey";

export default definePlugin({
  id: "sqlite",
  name: "SQLite",
  summary: "Size, write-ahead log, free space and damage of the databases that applications keep in files.",
  category: "database",
  tier: 0,
  kind: "host",
  needs: [
    "The user Unity runs as must be able to read the files and to enter their folders: setfacl -m u:unity:r file, setfacl -m u:unity:x folder",
  ],
  intervalSeconds: 300,
  minIntervalSeconds: 30,
  timeoutMs: 150_000,
  config,
  metrics,
  alerts,
  discover,
  board: [
    meter("sqlite_integrity_ok", "Undamaged", { combine: "min", lowIsBad: true, bad: 0.5 }),
    meter("sqlite_file_bytes", "Size", { combine: "sum" }),
    meter("sqlite_wal_bytes", "Write-ahead logs", { combine: "sum" }),
    states("sqlite_integrity_ok", "Undamaged", "database"),
    states("sqlite_readable", "Readable", "database"),
    table({
      title: "Databases",
      by: "database",
      columns: [
        { metric: "sqlite_file_bytes", title: "Size" },
        { metric: "sqlite_wal_bytes", title: "Write-ahead log" },
        { metric: "sqlite_free_ratio", title: "Free" },
        { metric: "sqlite_tables", title: "Tables" },
        { metric: "sqlite_modified_timestamp_seconds", title: "Written" },
        { metric: "sqlite_integrity_timestamp_seconds", title: "Checked" },
      ],
    }),
    table({
      title: "Rows",
      by: "table",
      columns: [{ metric: "sqlite_table_rows", title: "Rows" }],
      limit: 20,
    }),
    chart("Size", ["sqlite_file_bytes"], { stacked: true }),
    chart("Write-ahead logs", ["sqlite_wal_bytes"]),
    chart("Changes", ["sqlite_change_counter_total"]),
    chart("Free space", ["sqlite_free_ratio"]),
    chart("Time to open", ["sqlite_open_duration_seconds"]),
  ],
  help: {
    not_found: "Check the path. In a container, mount the folder of the database, not the file alone.",
    permission: "setfacl -m u:unity:r the file, and setfacl -m u:unity:x each of its folders.",
    timeout: "The disk or the network share does not answer, or a check takes too long.",
    internal: "The program that reads databases ended. If one file does it each time, leave that file out.",
  },
  target: ({ paths, scanDirs }) => [...paths, ...scanDirs].slice(0, 3).join(", "),
  collect: collectDatabases,
});

async function collectDatabases(context: CollectContext<Config>, report: Report<typeof metrics>): Promise<void> {
  const ask = await context.program<Question, unknown>("sqlite", new URL("./reader-program.js", import.meta.url));
  const survey: Survey = { context, report, ask };
  const { databases, total, truncated } = await findDatabases(survey);
  report("sqlite_databases", total);
  const opened: { found: Found; seen: Seen }[] = [];
  let isCut = truncated;
  for (const found of databases) {
    reportFile(survey, found);
    const seen = await inspect(survey, found);
    opened.push({ found, seen });
    if (seen.tables !== undefined) isCut = (await countRows(survey, found)) || isCut;
  }
  report("sqlite_items_truncated", isCut ? 1 : 0);
  // Last, because a check that takes too long leaves nobody to ask.
  const checks = await checkDatabases(
    survey,
    opened.map(({ found, seen }) => ({ found, isOpen: seen.tables !== undefined, isDamaged: seen.isDamaged })),
  );
  report.inventory(describeDatabases(opened, checks, total));
}
