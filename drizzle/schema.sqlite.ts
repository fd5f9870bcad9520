import { sqlite } from "./dialects/sqlite";
import { defineSchema } from "./schema";

export const {
  plugins,
  pluginStatus,
  pluginExecutions,
  pluginInventory,
  metricSeries,
  processes,
  pluginLeases,
  alerts,
  alertOverrides,
  alertStates,
  alertHistory,
  channels,
  silences,
  notifications,
  settings,
  users,
  accounts,
  sessions,
  verifications,
  twoFactors,
  passkeys,
  apiTokens,
  auditLog,
} = defineSchema(sqlite);
