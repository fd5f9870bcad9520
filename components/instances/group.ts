import type { CatalogueEntry, InstanceSummary } from "@/components/data/outputs";
import { compareText } from "@/components/ui/compare-text";
import { titleOf } from "./titles";

export type Category = CatalogueEntry["category"];

/** In the order in which a machine is looked at: itself first, then what runs on it, then what stands around it. */
const ORDER: readonly Category[] = [
  "system",
  "thermal",
  "storage",
  "network",
  "container",
  "database",
  "application",
  "security",
  "media",
  "power",
  "hardware",
  "iot",
];
export const CATEGORY_NAME: Readonly<Record<Category, string>> = {
  system: "System",
  thermal: "Thermal",
  storage: "Storage",
  network: "Network",
  container: "Containers",
  database: "Databases",
  application: "Applications",
  security: "Security",
  media: "Media",
  power: "Power",
  hardware: "Hardware",
  iot: "IoT",
};

export interface Group<I> {
  readonly category: Category;
  readonly members: readonly I[];
}

type Named = Pick<InstanceSummary, "category" | "name" | "host" | "pluginName" | "target">;

/** Instances by category, each group by title. They keep their places whatever their state: what is wrong is said above. */
export function groupByCategory<I extends Named>(instances: readonly I[]): Group<I>[] {
  const key = (instance: I) => `${titleOf(instance).title}\n${instance.host}`;
  return ORDER.flatMap((category) => {
    const members = instances
      .filter((instance) => instance.category === category)
      .sort((a, b) => compareText(key(a), key(b)));
    return members.length === 0 ? [] : [{ category, members }];
  });
}

/** The first so many members over all groups: a long page is drawn as it is scrolled. */
export function firstOf<I>(groups: readonly Group<I>[], count: number): Group<I>[] {
  let room = count;
  return groups.flatMap(({ category, members }) => {
    const kept = members.slice(0, Math.max(0, room));
    room -= kept.length;
    return kept.length === 0 ? [] : [{ category, members: kept }];
  });
}
