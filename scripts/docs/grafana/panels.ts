/** What a panel asks, and how it shows it. `sql` with Grafana's macros; the columns it returns are those that its format wants. */
export interface Panel {
  readonly title: string;
  readonly kind: "timeseries" | "table" | "stat";
  readonly description?: string;
  /** As Grafana names units. */
  readonly unit: string;
  readonly sql: string;
  /** Of 24. */
  readonly width: number;
  readonly max?: number;
}
export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** Hosts and instances as chosen above the board. */
const CHOSEN = "host in ($host) and instance in ($instance)";

/** As fine as the panel is wide. @param name what tells the lines apart, in SQL */
const over = (metric: string, name: string, value = "avg(value)") =>
  `select $__timeGroupAlias(time, $__interval), ${name} as metric, ${value} as value
from unity_samples
where $__timeFilter(time) and metric = '${metric}' and ${CHOSEN}
group by 1, 2
order by 1`;

/** The latest of each series in the last hour. @param columns in SQL, with their names */
const latest = (metric: string, columns: string, order: string) =>
  `select * from (
select distinct on (plugin, instance, labels) ${columns}
from unity_samples
where time > now() - interval '1 hour' and metric = '${metric}' and ${CHOSEN}
order by plugin, instance, labels, time desc
) latest
order by ${order}`;

/** By months and years, of what raw samples do not reach back to. */
const days = (metric: string, name: string, figure: string) =>
  `select time, ${name} as metric, ${figure} as value
from unity_daily
where $__timeFilter(time) and metric = '${metric}' and ${CHOSEN}
order by time`;

const labelOf = (name: string) => `labels ->> '${name}'`;
const ofHost = (label: string) => `host || ' ' || (${labelOf(label)})`;

export const ROWS: readonly Row[] = [
  {
    title: "At a glance",
    panels: [
      {
        title: "Collected",
        description: "Instances whose last collection succeeded, of those that were collected in the last ten minutes.",
        ...{ kind: "stat", unit: "percentunit", width: 6, max: 1 },
        sql: `select avg(value) as value from (
select distinct on (plugin, instance) value from unity_samples
where time > now() - interval '10 minutes' and metric = 'unity_collector_up' and ${CHOSEN}
order by plugin, instance, time desc
) latest`,
      },
      {
        title: "Fullest file system",
        ...{ kind: "stat", unit: "percentunit", width: 6, max: 1 },
        sql: `select max(value) as value from (
select distinct on (plugin, instance, labels) value from unity_samples
where time > now() - interval '1 hour' and metric = 'disk_used_ratio' and ${CHOSEN}
order by plugin, instance, labels, time desc
) latest`,
      },
      {
        title: "Endpoints down",
        ...{ kind: "stat", unit: "short", width: 6 },
        sql: `select count(*) filter (where value = 0) as value from (
select distinct on (plugin, instance, labels) value from unity_samples
where time > now() - interval '10 minutes' and metric = 'endpoint_up' and ${CHOSEN}
order by plugin, instance, labels, time desc
) latest`,
      },
      {
        title: "Next certificate ends in",
        ...{ kind: "stat", unit: "s", width: 6 },
        sql: `select min(value) as value from unity_samples
where time > now() - interval '2 hours' and metric = 'certificate_remaining_seconds' and ${CHOSEN}`,
      },
    ],
  },
  {
    title: "Hosts",
    panels: [
      {
        title: "CPU",
        ...{ kind: "timeseries", unit: "percentunit", width: 12, max: 1 },
        sql: over("system_cpu_usage_ratio", "host"),
      },
      {
        title: "Memory",
        ...{ kind: "timeseries", unit: "percentunit", width: 12, max: 1 },
        sql: over("system_memory_used_ratio", "host"),
      },
      {
        title: "Received",
        description: "Unity keeps counters as rates: bytes a second.",
        ...{ kind: "timeseries", unit: "Bps", width: 12 },
        sql: over("network_receive_bytes_total", ofHost("interface")),
      },
      {
        title: "Sent",
        ...{ kind: "timeseries", unit: "Bps", width: 12 },
        sql: over("network_transmit_bytes_total", ofHost("interface")),
      },
      {
        title: "Hottest sensor",
        ...{ kind: "timeseries", unit: "celsius", width: 12 },
        sql: over("temperature_celsius", "host", "max(value)"),
      },
      {
        title: "Load for each CPU",
        ...{ kind: "timeseries", unit: "short", width: 12 },
        sql: over("system_load_per_cpu", "host"),
      },
    ],
  },
  {
    title: "Disks",
    panels: [
      {
        title: "File systems",
        ...{ kind: "table", unit: "percentunit", width: 12, max: 1 },
        sql: latest(
          "disk_used_ratio",
          `host, ${labelOf("mount")} as mount, ${labelOf("fstype")} as type, value as used`,
          "used desc",
        ),
      },
      {
        title: "Free space by day, the least of each",
        description: "Days are kept for years. Choose a longer time above.",
        ...{ kind: "timeseries", unit: "bytes", width: 12 },
        sql: days("disk_available_bytes", ofHost("mount"), "min"),
      },
    ],
  },
  {
    title: "Services",
    panels: [
      {
        title: "Time to answer",
        ...{ kind: "timeseries", unit: "s", width: 12 },
        sql: over("endpoint_duration_seconds", "instance", "max(value)"),
      },
      {
        title: "Certificates",
        ...{ kind: "table", unit: "s", width: 12 },
        sql: latest(
          "certificate_remaining_seconds",
          `instance, ${labelOf("target")} as target, value as left_seconds`,
          "left_seconds",
        ),
      },
      {
        title: "CPU of containers",
        description: "In CPUs: 1 is one that did nothing else.",
        ...{ kind: "timeseries", unit: "short", width: 12 },
        sql: over("docker_container_cpu_seconds_total", labelOf("container")),
      },
      {
        title: "Memory of containers",
        ...{ kind: "timeseries", unit: "bytes", width: 12 },
        sql: over("docker_container_memory_working_set_bytes", labelOf("container")),
      },
    ],
  },
];
