import type { SqlEngine } from "../../db/sql-engine";
import type { Retention } from "../store";
import { beginsWithin } from "./own-starts";
import type { Plan } from "./set-up";
import { COLUMNSTORE, isAtLeast } from "./version";

const DAY_MS = 86_400_000;
/**
 * What TimescaleDB's own jobs do, whether Unity runs or not. Unity itself rolls up every five minutes and drops every night, exactly and
 * never what is not rolled up; so the jobs that drop are a week later, and those that roll up look at the newest days only: further
 * back a job would not know where raw samples end, and a refresh without samples deletes.
 */
const GRACE_MS = 7 * DAY_MS;
const ROLLED_UP_MS = 3 * DAY_MS;

export function planPolicies(version: string, { rawMs, hourlyMs, dailyMs }: Retention): Plan[] {
  return [
    compress(version, "plugin_metrics", 2 * DAY_MS),
    // Where raw samples are kept for less, a job could refresh what has none any more.
    ...(rawMs > ROLLED_UP_MS + DAY_MS ? [refresh("plugin_metrics_hourly"), refresh("plugin_metrics_daily")] : []),
    compress(version, "plugin_metrics_hourly", 60 * DAY_MS),
    compress(version, "plugin_metrics_daily", 400 * DAY_MS),
    ...planRetention({ rawMs, hourlyMs, dailyMs }),
  ];
}

/** A job that keeps something else than what is asked for is replaced, or it would drop too early. */
export const planRetention = ({ rawMs, hourlyMs, dailyMs }: Retention): Plan[] => [
  drop("plugin_metrics", rawMs),
  drop("plugin_metrics_hourly", hourlyMs),
  drop("plugin_metrics_daily", dailyMs),
];

/** What a job may have dropped, in milliseconds from now; no row where there is none. */
export const OLDEST_LEFT = `select extract(epoch from (job.config ->> 'drop_after')::interval) * 1000
  from timescaledb_information.jobs job where job.proc_name = 'policy_retention'
    and job.hypertable_schema = current_schema() and job.hypertable_name = 'plugin_metrics'`;

const interval = (milliseconds: number) => `interval '${Math.round(milliseconds / 1_000)} seconds'`;
const inDays = (milliseconds: number) => `${Math.round(milliseconds / DAY_MS)} days`;

/** The jobs' view names the table of an aggregate, or the aggregate, depending on the version. */
const jobOf = (table: string, procedure: string, also = "true") => `exists (select from timescaledb_information.jobs job
  left join timescaledb_information.continuous_aggregates view
    on view.view_schema = current_schema() and view.view_name = '${table}'
  where job.proc_name = '${procedure}' and ${also}
    and job.hypertable_name in ('${table}', view.materialization_hypertable_name))`;

function compress(version: string, table: string, afterMs: number): Plan {
  const call = isAtLeast(version, COLUMNSTORE)
    ? `call add_columnstore_policy('${table}', after => ${interval(afterMs)}, if_not_exists => true)`
    : `select add_compression_policy('${table}', compress_after => ${interval(afterMs)}, if_not_exists => true)`;
  return {
    step: `compression policy of ${table}`,
    there: jobOf(table, "policy_compression"),
    make: [call],
    optional: true,
    detail: `chunks older than ${inDays(afterMs)}`,
  };
}

const refresh = (view: string): Plan => ({
  step: `refresh policy of ${view}`,
  there: jobOf(view, "policy_refresh_continuous_aggregate"),
  make: [
    `select add_continuous_aggregate_policy('${view}', start_offset => ${interval(ROLLED_UP_MS)}, end_offset => interval '0',
      schedule_interval => interval '1 hour', if_not_exists => true)`,
  ],
  optional: true,
  detail: `every hour, the last ${inDays(ROLLED_UP_MS)}`,
  wanted: {
    when: `not ${beginsWithin((ROLLED_UP_MS + DAY_MS) / DAY_MS)}`,
    otherwise: "Not while there are series whose own samples begin within these days: Unity rolls up by itself.",
  },
});

/** Where there are hours without samples within the days that a job looks at: it would find nothing, and delete them. */
export async function stopRefreshing(engine: SqlEngine): Promise<void> {
  const within = beginsWithin((ROLLED_UP_MS + DAY_MS) / DAY_MS);
  for (const view of ["plugin_metrics_hourly", "plugin_metrics_daily"])
    await engine.query(`select remove_continuous_aggregate_policy('${view}', true) where ${within}`);
}

function drop(table: string, keptMs: number): Plan {
  const after = keptMs + GRACE_MS;
  return {
    step: `retention policy of ${table}`,
    there: jobOf(table, "policy_retention", `(job.config ->> 'drop_after')::interval = ${interval(after)}`),
    make: [
      `select remove_retention_policy('${table}', if_exists => true)`,
      `select add_retention_policy('${table}', drop_after => ${interval(after)}, if_not_exists => true)`,
    ],
    optional: true,
    detail: `older than ${inDays(after)}: ${inDays(keptMs)} are kept by Unity itself, and this job drops what it left`,
  };
}
