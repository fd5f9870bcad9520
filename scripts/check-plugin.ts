import type { RawReading } from "../plugins/sdk/collect";
import type { Plugin } from "../plugins/sdk/plugin";
import { findFolderProblems, listCases, replayFile } from "../server/collect/plugin-folder";
import { loadPlugin } from "../server/collect/registry";
import { validateReadings } from "../server/collect/validate";
import { runPlugin } from "./run-plugin";

interface Checked {
  readonly ok: boolean;
  readonly lines: readonly string[];
}

/** Validates a plugin, looks into its folder and replays its cases. Says all that is wrong, not only the first. */
export async function checkPlugin(pluginsFolder: string, id: string): Promise<Checked> {
  const loaded = await loadPlugin(pluginsFolder, id);
  const problems = loaded.ok ? [] : loaded.problems.map((problem) => `✗ ${problem}`);
  const { plugin } = loaded;
  const lines = [...problems];
  if (loaded.ok) lines.push(`✓ the definition is valid: ${countsOf(loaded.plugin)}`);
  for (const problem of await findFolderProblems(pluginsFolder, id)) {
    problems.push(problem);
    lines.push(`✗ ${problem}`);
  }
  for (const name of plugin ? await listCases(pluginsFolder, id) : []) {
    const differences = plugin ? await replayFile(pluginsFolder, plugin, name) : [];
    problems.push(...differences);
    lines.push(`${differences.length === 0 ? "✓" : "✗"} case ${name}`, ...differences.map((line) => `    ${line}`));
  }
  return { ok: problems.length === 0, lines };
}

/** One real run, its readings with their units, and everything that would be refused. */
export async function checkLive(plugin: Plugin, config: Readonly<Record<string, unknown>>): Promise<Checked> {
  const { collected, durationMs } = await runPlugin(plugin, config);
  const { failure, partial, inventory, readings } = collected;
  const { remarks } = validateReadings(plugin, readings);
  const lines = [
    `One run took ${Math.round(durationMs)} ms and gave ${readings.length} readings.`,
    ...readings.map((reading) => `  ${describeReading(plugin, reading)}`),
    ...(inventory ? [`inventory: ${JSON.stringify(inventory, undefined, 2)}`] : []),
    ...partial.map(({ reason, message }) => `! in part: ${reason}: ${message}`),
    ...remarks.map((remark) => `✗ ${remark}`),
    ...(failure ? [`✗ ${failure.reason}: ${failure.message}${failure.hint ? ` ${failure.hint}` : ""}`] : []),
  ];
  return { ok: !failure && remarks.length === 0, lines };
}

function describeReading({ metrics }: Plugin, { metric, value, labels }: RawReading): string {
  const names = Object.entries(labels).map(([name, text]) => `${name}=${JSON.stringify(text)}`);
  const shown = typeof value === "number" ? String(value) : `${value.part} of ${value.whole}`;
  return `${metric}${names.length > 0 ? `{${names.join(", ")}}` : ""}  ${shown} ${metrics[metric]?.unit ?? "(undeclared)"}`;
}

function countsOf({ metrics, alerts, board }: Plugin): string {
  return `${Object.keys(metrics).length} metrics, ${alerts.length} rules, ${board.length} items on the board.`;
}
