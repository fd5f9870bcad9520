import type { CatalogueEntry } from "../data/outputs";

const TIERS: Readonly<Record<number, string>> = {
  0: "Foundation",
  1: "Essential",
  2: "Quality of life",
  3: "Power user",
};
export const tierName = (tier: number): string => TIERS[tier] ?? "";

export const kindName = (kind: CatalogueEntry["kind"]): string =>
  kind === "host" ? "Reads this machine" : "Talks to an address";
