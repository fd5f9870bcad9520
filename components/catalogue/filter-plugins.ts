import type { CatalogueEntry } from "../data/outputs";

/** What the catalogue is narrowed to beside its text; "" is no wish. It lives in the URL. */
export interface PluginFilters {
  readonly category: string;
  readonly kind: CatalogueEntry["kind"] | "";
  readonly use: Use | "";
}
export const USES = ["used", "unused", "wrong"] as const;
export type Use = (typeof USES)[number];
const KINDS = ["host", "network"] as const;

export const NO_PLUGIN_FILTERS: PluginFilters = { category: "", kind: "", use: "" };

export function parsePluginFilters(params: { get(name: string): string | null }): PluginFilters {
  return {
    category: (params.get("category") ?? "").slice(0, 40),
    kind: KINDS.find((kind) => kind === params.get("kind")) ?? "",
    use: USES.find((use) => use === params.get("use")) ?? "",
  };
}

/** By kind and use. Categories are left to the groups: their chips count what there is. */
export function filterPlugins(
  entries: readonly CatalogueEntry[],
  { kind, use }: Pick<PluginFilters, "kind" | "use">,
): CatalogueEntry[] {
  return entries.filter((entry) => (kind === "" || entry.kind === kind) && (use === "" || isSo(entry, use)));
}

export function isSo({ instances, states }: Pick<CatalogueEntry, "instances" | "states">, use: Use): boolean {
  switch (use) {
    case "used":
      return instances > 0;
    case "unused":
      return instances === 0;
    case "wrong":
      return states.failing + states.degraded > 0;
    default:
      return use satisfies never;
  }
}
