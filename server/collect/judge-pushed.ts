import { isDeepStrictEqual } from "node:util";
import type { Case } from "../../plugins/sdk/golden-case";
import type { Plugin } from "../../plugins/sdk/plugin";
import { validateReadings } from "./validate";

/** Compares under which names a plugin keeps what is pushed with what was expected. @returns a line for each difference */
export function judgePushed(plugin: Plugin, { pushed, config }: Pick<Case, "pushed" | "config">): string[] {
  if (pushed.length === 0) return [];
  const { receive } = plugin;
  if (!receive) return ["pushed: this plugin is not told anything; it has no receive."];
  const parsed = plugin.config.parse(config);
  return pushed.flatMap(({ kept: expected, ...one }) => {
    const kept = receive(one, parsed) ?? null;
    if (!isDeepStrictEqual(kept, expected))
      return [`pushed ${one.name}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(kept)}`];
    if (kept === null) return [];
    return validateReadings(plugin, [{ ...kept, value: 1 }]).remarks.map((remark) => `pushed ${one.name}: ${remark}`);
  });
}
