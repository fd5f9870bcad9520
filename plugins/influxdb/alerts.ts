import { type AlertSpec, hours, minutes } from "../sdk";
import type { metrics } from "./metrics";

export const alerts: readonly AlertSpec<keyof typeof metrics>[] = [
  {
    id: "influx_not_ready",
    metric: "influxdb_ready",
    when: { equals: 0 },
    forSeconds: minutes(2),
    severity: "critical",
    summary: "{{instance}} says that it is not ready.",
  },
  {
    id: "influx_write_errors",
    metric: "influxdb_points_failed_total",
    when: { above: 0 },
    forSeconds: minutes(5),
    severity: "warning",
    summary: "{{instance}} fails to write points.",
  },
  {
    id: "influx_points_dropped",
    metric: "influxdb_points_dropped_total",
    when: { above: 0 },
    forSeconds: minutes(5),
    severity: "warning",
    summary: "{{instance}} refuses points: their type or their time does not fit.",
  },
  {
    id: "influx_series",
    metric: "influxdb_series",
    when: { above: 1e6 },
    forSeconds: hours(1),
    severity: "warning",
    summary: "{{database}} on {{instance}} has {{value}} series; a tag with ever new values uses up the memory.",
  },
  {
    id: "influx_5xx",
    metric: "influxdb_http_errors_total",
    where: { side: "server" },
    when: { above: 0.1 },
    forSeconds: minutes(5),
    severity: "warning",
    summary: "{{instance}} fails {{value}} requests a second.",
  },
];
