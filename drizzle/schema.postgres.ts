import { postgres } from "./dialects/postgres";
import { defineSamples } from "./samples";
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
} = defineSchema(postgres);
export const { metricBatches, metricChunks, metricRollups, metricHeads, metricState } = defineSamples(postgres);
