import { type CollectContext, CollectError } from "../sdk";
import type { Config } from "./config";
import { isDue } from "./due";
import { SURVEY_SECONDS } from "./metrics";
import { parseSensors } from "./parse-tool";
import type { Problem } from "./read-optional";
import type { Value } from "./sensor";
import { isWanted } from "./survey-chip";

type Context = CollectContext<Config>;

/** It asks every chip anew, and starts a process. Seconds. */
const TOOL_SECONDS = 60;
const TIMEOUT_MS = 5_000;

interface Told {
  readonly values: readonly Value[];
  readonly problems: readonly Problem[];
}

/** `sensors -j`, for machines whose sysfs shows nothing. Where it shows nothing either it is seldom asked again. */
export async function readTool(context: Context): Promise<Told> {
  const last = context.memory.recall<Told>("tool");
  const seconds = last && last.value.values.length > 0 ? TOOL_SECONDS : SURVEY_SECONDS;
  if (last && !isDue(context.now, last.at, seconds)) return last.value;
  const told = await askTool(context);
  context.memory.keep("tool", told);
  return told;
}

async function askTool(context: Context): Promise<Told> {
  const none = (problems: Problem[] = []): Told => ({ values: [], problems });
  try {
    const { stdout } = await context.exec("sensors", ["-j"], { timeoutMs: TIMEOUT_MS, package: "lm-sensors" });
    // Without sensors it prints {} or nothing, and ends with 1.
    if (stdout.trim() === "") return none();
    const all = parseSensors(stdout, context.config.labels);
    return { values: all.filter(({ chip, id, label }) => isWanted(context.config, chip, [id, label])), problems: [] };
  } catch (error) {
    if (context.signal.aborted) throw error;
    if (!(error instanceof CollectError))
      return none([{ reason: "parse", message: "sensors -j printed something else than its JSON." }]);
    if (error.reason === "missing_tool") return none();
    return none([{ reason: error.reason, message: `sensors -j: ${error.message}` }]);
  }
}
