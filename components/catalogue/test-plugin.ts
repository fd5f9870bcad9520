import type { PluginDetail } from "../data/outputs";

/** For tests only: a plugin as the server describes it. */
export const testPlugin = (change: Partial<PluginDetail> = {}): PluginDetail => ({
  id: "postgres",
  name: "PostgreSQL",
  summary: "Connections and sizes.",
  category: "database",
  tier: 0,
  kind: "network",
  needs: [],
  instances: 0,
  states: { failing: 0, degraded: 0, healthy: 0, unknown: 0, paused: 0 },
  broken: null,
  existing: [],
  localHost: "nas",
  hosts: ["nas"],
  intervalSeconds: 30,
  told: false,
  minIntervalSeconds: 5,
  timeoutMs: 10_000,
  form: {
    type: "object",
    properties: {
      host: { type: "string", default: "localhost" },
      port: { type: "integer", default: 5432 },
      password: { type: "string", secret: true },
    },
  },
  metrics: [],
  rules: [],
  ...change,
});
