import { type CollectContext, type Report, toLabel } from "../sdk";
import type { Config } from "./config";
import { type Entity, numberOf } from "./entities";
import type { metrics } from "./metrics";

/** Words of states that have two. */
const WORDS: ReadonlyMap<string, number> = new Map([
  ["on", 1],
  ["off", 0],
  ["open", 1],
  ["closed", 0],
  ["home", 1],
  ["not_home", 0],
  ["locked", 1],
  ["unlocked", 0],
  ["above_horizon", 1],
  ["below_horizon", 0],
]);

/** Reports the entities that the settings chart, also ignored ones. One that has no number now is left out. */
export function reportWatched(
  { config }: CollectContext<Config>,
  report: Report<typeof metrics>,
  entities: readonly Entity[],
): void {
  const known = new Map(entities.map((entity) => [entity.id, entity]));
  const missing: string[] = [];
  for (const id of new Set(config.watchEntities)) {
    const entity = known.get(id);
    if (!entity) missing.push(id);
    const value = entity ? (WORDS.get(entity.state) ?? numberOf(entity.state)) : undefined;
    if (entity && value !== undefined)
      report("homeassistant_entity_value", value, { entity: id, unit: toLabel(entity.unit) });
  }
  if (missing.length > 0)
    report.partial(
      "not_found",
      `Home Assistant has no entity ${missing.slice(0, 10).join(", ")}, or does not show it.`,
    );
}
