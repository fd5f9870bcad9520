import { CollectError } from "../sdk";
import { LongestRow, MetricRow, parseRows, toNumber } from "./parse";
import { innodbQuery, LONGEST, LONGEST_NEWER } from "./queries";
import { attempt, type Survey } from "./survey";

/** Deadlocks, old row versions, and how long the longest statement has run. */
export async function collectActivity(survey: Survey): Promise<void> {
  const { report, ask, status, server } = survey;
  const inner = await attempt(survey, "What InnoDB counts", async () => {
    const rows = parseRows(MetricRow, await ask({ sql: innodbQuery(server) }));
    return new Map(rows.map(({ name, value }) => [name, toNumber(value)]));
  });
  const told = "value" in inner ? inner.value : new Map<string, number | undefined>();
  // MariaDB has both among its ordinary figures.
  const deadlocks = status.number("Innodb_deadlocks") ?? told.get("lock_deadlocks");
  if (deadlocks !== undefined) report("mysql_deadlocks_total", deadlocks);
  const history = status.number("Innodb_history_list_length") ?? told.get("trx_rseg_history_len");
  if (history !== undefined) report("mysql_history_list_length", history);
  // Without PROCESS the list has our own connection only: that says nothing, and that it is missing has been told.
  const mayNot = "reason" in inner && inner.reason === "permission";
  if (survey.context.config.collectProcesslist && !mayNot) await collectLongest(survey);
}

async function collectLongest(survey: Survey): Promise<void> {
  await attempt(survey, "The running statements", async () => {
    const [row] = parseRows(LongestRow, await askEither(survey));
    const seconds = toNumber(row?.seconds);
    // The server's clock may be set back while a statement runs.
    if (seconds !== undefined) survey.report("mysql_longest_query_seconds", Math.max(0, seconds));
  });
}

async function askEither({ ask }: Survey) {
  try {
    return await ask({ sql: LONGEST });
  } catch (error) {
    if (!(error instanceof CollectError) || error.reason !== "unsupported_version") throw error;
    return ask({ sql: LONGEST_NEWER });
  }
}
