import { LARGE, SUM, SUM_LARGE } from "./figures";
import type { Plan } from "./set-up";
import { BY_RANGE, COLUMNSTORE, isAtLeast } from "./version";

/**
 * A day: whole days are dropped and compressed, a month has 30 of them for a query to open, and the one that is written has its index
 * in memory (some 50 bytes a sample: 75 MB at 1,000 samples a minute).
 */
const CHUNK = "interval '1 day'";
const OF_UNITY = "hypertable_schema = current_schema() and hypertable_name";
const VIEW_OF_UNITY = "view_schema = current_schema() and view_name";

/** Tables, compression, continuous aggregates and views, in this order. */
export function planObjects(version: string): Plan[] {
  return [
    {
      step: "table plugin_metrics",
      there: `to_regclass('plugin_metrics') is not null and to_regclass('plugin_metrics_series_time') is not null`,
      make: [
        "create table if not exists plugin_metrics (time timestamptz(3) not null, series_id integer not null, value double precision not null)",
        "create unique index if not exists plugin_metrics_series_time on plugin_metrics (series_id, time desc)",
      ],
      optional: false,
      detail: "samples: time, series_id, value",
    },
    hypertable(version, { table: "plugin_metrics", time: "time", chunk: CHUNK, detail: "a chunk a day" }),
    compression(version, { table: "plugin_metrics", orderBy: "time desc" }),
    aggregate("plugin_metrics_hourly", HOURLY),
    aggregate("plugin_metrics_daily", DAILY),
    compression(version, { table: "plugin_metrics_hourly", orderBy: "bucket desc" }),
    compression(version, { table: "plugin_metrics_daily", orderBy: "bucket desc" }),
    ...samplesViews,
    {
      // Where a later migration makes that table; its unique keys must hold the instant then.
      ...hypertable(version, {
        table: "alert_history",
        time: "at",
        chunk: "interval '30 days'",
        detail: "transitions",
      }),
      optional: true,
      wanted: { when: "to_regclass('alert_history') is not null", otherwise: "There is no alert history yet." },
    },
  ];
}

interface Hyper {
  readonly table: string;
  readonly time: string;
  readonly chunk: string;
  readonly detail: string;
}

function hypertable(version: string, { table, time, chunk, detail }: Hyper): Plan {
  const dimension = isAtLeast(version, BY_RANGE)
    ? `by_range('${time}', ${chunk})`
    : `'${time}', chunk_time_interval => ${chunk}`;
  return {
    step: `hypertable ${table}`,
    there: `exists (select from timescaledb_information.hypertables where ${OF_UNITY} = '${table}')`,
    make: [
      `select create_hypertable('${table}', ${dimension}, create_default_indexes => false, if_not_exists => true, migrate_data => true)`,
    ],
    optional: false,
    detail,
  };
}

function compression(version: string, { table, orderBy }: { table: string; orderBy: string }): Plan {
  const kind = table === "plugin_metrics" ? "table" : "materialized view";
  const catalog =
    kind === "table"
      ? `timescaledb_information.hypertables where ${OF_UNITY}`
      : `timescaledb_information.continuous_aggregates where ${VIEW_OF_UNITY}`;
  const options = isAtLeast(version, COLUMNSTORE)
    ? `timescaledb.enable_columnstore = true, timescaledb.segmentby = 'series_id', timescaledb.orderby = '${orderBy}'`
    : `timescaledb.compress = true, timescaledb.compress_segmentby = 'series_id', timescaledb.compress_orderby = '${orderBy}'`;
  return {
    step: `compression of ${table}`,
    there: `exists (select from ${catalog} = '${table}' and compression_enabled)`,
    make: [`alter ${kind} ${table} set (${options})`],
    optional: true,
    detail: "by series",
  };
}

/** Read by Unity up to where it refreshed them, so they are not mixed with raw samples by TimescaleDB, too. */
function aggregate(view: string, select: string): Plan {
  return {
    step: `continuous aggregate ${view}`,
    there: `exists (select from timescaledb_information.continuous_aggregates where ${VIEW_OF_UNITY} = '${view}')`,
    make: [
      `create materialized view if not exists ${view} with (timescaledb.continuous, timescaledb.materialized_only = true) as ${select} with no data`,
    ],
    optional: false,
    detail: "count, sum, min, max, last of each series",
  };
}

/** Of a sample. */
export const HOUR = "time_bucket('1 hour', time)";

const HOURLY = `select ${HOUR} as bucket, series_id, count(*) as count, ${SUM} as sum, ${SUM_LARGE} as sum_large,
  min(value) as min, max(value) as max, last(value, time) as last from plugin_metrics group by 1, 2`;
const DAILY = `select time_bucket('1 day', bucket) as bucket, series_id, sum(count)::bigint as count, sum(sum) as sum, sum(sum_large) as sum_large,
  min(min) as min, max(max) as max, last(last, bucket) as last from plugin_metrics_hourly group by 1, 2`;

const NAMES = "p.plugin, p.name as instance, p.host, s.metric, s.labels";
const NAMED = "join metric_series s on s.id = m.series_id join plugins p on p.id = s.instance_id";
/** Each part by itself: together they may be beyond a double. */
const FIGURES = `m.count, coalesce(m.sum / m.count, 0) + coalesce(m.sum_large / m.count * ${LARGE}, 0) as avg, m.min, m.max, m.last`;

/** For people and Grafana, see docs/grafana.md. */
const samplesViews: readonly Plan[] = [
  samplesView("unity_samples", `select m.time, ${NAMES}, m.value from plugin_metrics m ${NAMED}`),
  samplesView("unity_hourly", `select m.bucket as time, ${NAMES}, ${FIGURES} from plugin_metrics_hourly m ${NAMED}`),
  samplesView("unity_daily", `select m.bucket as time, ${NAMES}, ${FIGURES} from plugin_metrics_daily m ${NAMED}`),
];

function samplesView(view: string, select: string): Plan {
  return {
    step: `view ${view}`,
    there: `to_regclass('${view}') is not null`,
    make: [`create view ${view} as ${select}`],
    optional: true,
    detail: "for SQL and Grafana: time, plugin, instance, host, metric, labels and values",
  };
}
