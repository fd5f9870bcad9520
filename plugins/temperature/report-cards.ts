import type { Report } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";
import { nameSensor } from "./names";
import type { Card } from "./parse-nvidia";
import type { Value } from "./sensor";
import { isWanted } from "./survey-chip";

interface Shown extends Card {
  readonly chip: string;
  readonly label: string;
}

/** The cards that are wanted, each by its name; of equal ones also by its number. */
export function chooseCards(cards: readonly Card[], config: Config): Shown[] {
  const counts = new Map<string, number>();
  for (const { name } of cards) counts.set(name, (counts.get(name) ?? 0) + 1);
  return cards
    .map((card) => {
      const chip = `nvidia-${card.index}`;
      const given = counts.get(card.name) === 1 ? card.name : `${card.name} #${card.index}`;
      return {
        ...card,
        chip,
        label: nameSensor({ name: chip, driver: "nvidia", disk: "" }, "temp1", given, config.labels),
      };
    })
    .filter(({ chip, name, label }) => isWanted(config, chip, ["temp1", name, label]))
    .slice(0, config.maxItems);
}

/** Its temperature and power, as those of any chip. */
export function cardValues(cards: readonly Shown[]): Value[] {
  return cards.flatMap(({ chip, label, celsius, watts }) => {
    const common = { chip, kind: "gpu", label } as const;
    const power: Value[] = watts === undefined ? [] : [{ ...common, id: "power1", quantity: "power", value: watts }];
    return celsius === undefined
      ? power
      : [{ ...common, id: "temp1", quantity: "temperature", value: celsius }, ...power];
  });
}

export function reportCards(report: Report<typeof metrics>, cards: readonly Shown[]): void {
  for (const { label, fanRatio, utilizationRatio, usedBytes, totalBytes } of cards) {
    const labels = { gpu: label };
    if (utilizationRatio !== undefined) report("gpu_utilization_ratio", Math.min(1, utilizationRatio), labels);
    if (fanRatio !== undefined) report("gpu_fan_speed_ratio", fanRatio, labels);
    if (usedBytes !== undefined) report("gpu_memory_used_bytes", usedBytes, labels);
    if (totalBytes !== undefined) report("gpu_memory_total_bytes", totalBytes, labels);
  }
}
