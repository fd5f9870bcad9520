import { z } from "zod";
import type { Plugin } from "../../../plugins/sdk/plugin";
import type { Trace } from "../../../plugins/sdk/trace";

/** For tests only: a plugin that recognises something. */
export const testPlugin = (id: string, discover: readonly Trace[], rest: Partial<Plugin> = {}): Plugin => ({
  id,
  name: id,
  summary: "For tests.",
  category: "application",
  tier: 1,
  kind: "network",
  intervalSeconds: 60,
  config: z.object({ address: z.string().default("") }),
  metrics: { test_value: { kind: "gauge", unit: "count", description: "A value." } },
  alerts: [],
  board: [],
  discover,
  collect: async () => undefined,
  ...rest,
});
