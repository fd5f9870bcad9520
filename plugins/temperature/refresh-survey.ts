import type { CollectContext } from "../sdk";
import type { Config } from "./config";
import { SURVEY_SECONDS } from "./metrics";
import { listOptional, type Problem } from "./read-optional";
import { type Survey, surveySensors } from "./survey";

interface Kept extends Survey {
  readonly entries: readonly string[];
}

/** What there is to read: as found lately, or anew when a chip came or went. A folder that is not there holds none. */
export async function refreshSurvey(
  context: CollectContext<Config>,
): Promise<{ survey: Survey; fresh: boolean; problems: Problem[] }> {
  const problems: Problem[] = [];
  const names = await listOptional(context, problems, `${context.config.sysRoot}/class/hwmon`);
  const entries = names.filter((name) => /^hwmon\d+$/.test(name));
  const kept = context.memory.due("survey", SURVEY_SECONDS) ? undefined : context.memory.recall<Kept>("survey")?.value;
  if (kept && kept.entries.join() === entries.join()) return { survey: kept, fresh: false, problems };
  const survey = await surveySensors(context, entries);
  context.memory.keep("survey", { ...survey, entries } satisfies Kept);
  return { survey, fresh: true, problems };
}
