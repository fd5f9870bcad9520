import type { z } from "zod";
import type { Found as Seen } from "../collect/discovery/discovery";
import type { Proposal as SeenProposal } from "../collect/discovery/proposal";
import type { Found, Proposal } from "../trpc/discovery-outputs";
import type { Unity } from "../unity";

type Parts = Pick<Unity, "registry" | "instances">;

/** What was found on this machine, for pages. A plugin that is gone meanwhile goes by its id. */
export function describeFound(parts: Parts, found: Seen): z.output<typeof Found> {
  const nameOf = (id: string) => parts.registry.get(id)?.name ?? id;
  return {
    at: found.at,
    looking: found.looking,
    proposals: found.proposals
      .map((one) => ({ one, pluginName: nameOf(one.plugin) }))
      .sort((a, b) => rank(a.one) - rank(b.one) || a.pluginName.localeCompare(b.pluginName, "en"))
      .map(({ one, pluginName }) => ({ ...describeProposal(parts, one), pluginName })),
    ignored: found.ignored.map((one) => ({ ...one, pluginName: nameOf(one.plugin) })),
    noticeHidden: found.noticeHidden,
  };
}

/** What runs, then what lies there, then what only may be. */
const rank = ({ likely, serves }: SeenProposal) => (likely ? 2 : serves ? 0 : 1);

export function describeProposal({ instances }: Parts, proposal: SeenProposal): z.output<typeof Proposal> {
  const { key, plugin, target, why, likely, config, asks, name } = proposal;
  const taken = new Set(instances.list().flatMap((one) => (one.plugin === plugin ? [one.name] : [])));
  return { key, plugin, target, why: [...why], likely, config: { ...config }, asks, name: freeName(name, taken) };
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  let count = 2;
  while (taken.has(`${name} ${count}`)) count += 1;
  return `${name} ${count}`;
}
