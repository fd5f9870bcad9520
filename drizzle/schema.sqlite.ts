import { sqlite } from "./dialects/sqlite";
import { defineRows } from "./rows";
import { defineSchema } from "./schema";

export const { plugins, pluginStatus, pluginExecutions, pluginInventory, metricSeries, settings } =
  defineSchema(sqlite);
export const { pluginMetrics, pluginMetricsRollup } = defineRows(sqlite);
