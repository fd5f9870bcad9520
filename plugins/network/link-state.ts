import { type CollectContext, days, type Report } from "../sdk";
import { readUp } from "./interfaces";
import type { metrics } from "./metrics";
import { parseTotal, type Traffic } from "./parse";
import type { ReadOptional } from "./read-optional";

/** Reports of each interface whether it is up, and whether it went down within the last day: an unused port never alerts. */
export async function collectLinkStates(
  context: CollectContext<{ sysRoot: string }>,
  report: Report<typeof metrics>,
  read: ReadOptional,
  chosen: readonly Traffic[],
): Promise<void> {
  const before = new Map(context.memory.recall<[string, number][]>("upAt")?.value);
  const upAt: [string, number][] = [];
  await Promise.all(
    chosen.map(async ({ name }) => {
      const folder = `${context.config.sysRoot}/class/net/${name}`;
      const [up, changes] = await Promise.all([readUp(read, folder), read(`${folder}/carrier_changes`)]);
      const labels = { interface: name };
      const total = parseTotal(changes?.trim());
      if (total !== undefined) report("network_carrier_changes_total", total, labels);
      if (up === undefined) return;
      const lastUp = up ? context.now : before.get(name);
      const recently = lastUp !== undefined && context.now - lastUp < days(1) * 1_000;
      if (lastUp !== undefined && recently) upAt.push([name, lastUp]);
      report("network_interface_up", up ? 1 : 0, labels);
      report("network_interface_lost", !up && recently ? 1 : 0, labels);
    }),
  );
  context.memory.keep("upAt", upAt);
}
