import type { CatalogueEntry } from "../data/outputs";

/** In the order of the catalogue: the machine first, then what runs on it. */
export const CATEGORY_NAMES: Readonly<Record<CatalogueEntry["category"], string>> = {
  system: "System",
  storage: "Storage",
  network: "Network",
  container: "Containers",
  database: "Databases",
  application: "Applications",
  security: "Security",
  media: "Media",
  power: "Power",
  thermal: "Thermal",
  hardware: "Hardware",
  iot: "Smart home",
};

const TIERS: Readonly<Record<number, string>> = {
  0: "Foundation",
  1: "Essential",
  2: "Quality of life",
  3: "Power user",
};
export const tierName = (tier: number): string => TIERS[tier] ?? "";

export const kindName = (kind: CatalogueEntry["kind"]): string =>
  kind === "host" ? "Reads this machine" : "Talks to an address";

export const instancesText = (count: number): string => (count === 1 ? "1 instance" : `${count} instances`);
