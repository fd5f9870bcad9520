import type { z } from "zod";
import type { RawReading } from "../../plugins/sdk/collect";
import type { Plugin } from "../../plugins/sdk/plugin";
import type { Instance } from "../collect/instance";
import { specOf } from "../collect/own-metrics";
import { validateReadings } from "../collect/validate";
import type { TestResult } from "../trpc/outputs";
import type { Unity } from "../unity";
import { describeRules } from "./catalogue";
import { describeInventory } from "./instance";

const SHOWN = 500;

/** "Test connection": one real run of a draft, nothing stored, under an id that no schedule knows. `stop` ends it early. */
export async function describeDryRun(
  { runner, clock }: Pick<Unity, "runner" | "clock">,
  plugin: Plugin,
  draft: Instance,
  stop?: AbortSignal,
): Promise<z.output<typeof TestResult>> {
  const trial: Instance = { ...draft, id: `test:${draft.id}:${clock.now()}` };
  try {
    const run = await runner.run(trial, clock.now(), stop);
    const { readings, remarks } = validateReadings(plugin, run.readings);
    const { failure, inventory } = run;
    return {
      ok: !failure,
      durationMs: run.durationMs,
      readings: readings.slice(0, SHOWN).map((reading) => describeReading(plugin, reading)),
      total: readings.length,
      partial: run.partial.map(({ reason, message }) => ({ reason, message })),
      refused: [...remarks],
      failure: failure ? { reason: failure.reason, message: failure.message, hint: failure.hint ?? null } : null,
      inventory: inventory ? describeInventory(inventory, 0) : null,
      rules: describeRules(plugin, draft),
    };
  } finally {
    runner.forget(trial.id);
  }
}

/** Totals are shown as they were read: one run has no rate yet. A share shows what it was since the beginning. */
function describeReading(plugin: Plugin, { metric, value, labels }: RawReading) {
  const spec = specOf(plugin, metric);
  return {
    metric,
    description: spec?.description ?? "",
    unit: spec?.unit ?? "count",
    kind: spec?.kind ?? "gauge",
    labels: { ...labels },
    value: typeof value === "number" ? value : value.whole > 0 ? value.part / value.whole : 0,
  };
}
