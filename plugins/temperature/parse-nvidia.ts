import { cleanName, isPlausible } from "./parse";

/** What one card says of itself; what it does not know is undefined. */
export interface Card {
  readonly index: number;
  readonly name: string;
  readonly celsius: number | undefined;
  readonly fanRatio: number | undefined;
  readonly watts: number | undefined;
  readonly utilizationRatio: number | undefined;
  readonly usedBytes: number | undefined;
  readonly totalBytes: number | undefined;
}

/** In the order of `Card`. */
export const NVIDIA_FIELDS = "index,name,temperature.gpu,fan.speed,power.draw,utilization.gpu,memory.used,memory.total";
/** Fields after the name. */
const NUMBERS = 6;
const MIB = 1_048_576;

/** One line a card, as asked with `noheader,nounits`. Lines of another shape are counted. */
export function parseCards(text: string): { cards: Card[]; malformed: number } {
  const cards: Card[] = [];
  let malformed = 0;
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    const fields = line.split(",").map((field) => field.trim());
    const [index = "", ...rest] = fields;
    if (fields.length < NUMBERS + 2 || !/^\d{1,3}$/.test(index)) {
      malformed += 1;
      continue;
    }
    // A name may hold commas; what follows it does not.
    const [celsius, fan, watts, utilization, used, total] = rest.splice(-NUMBERS).map(parseNumber);
    cards.push({
      index: Number(index),
      name: cleanName(rest.join(", ")) || `GPU ${index}`,
      celsius: celsius !== undefined && isPlausible(celsius) ? celsius : undefined,
      fanRatio: percent(fan),
      watts,
      utilizationRatio: percent(utilization),
      usedBytes: mebibytes(used),
      totalBytes: mebibytes(total),
    });
  }
  return { cards, malformed };
}

/** Cards without a fan or a power meter say [N/A] or [Not Supported]. */
const parseNumber = (text: string) => (/^\d{1,9}(\.\d{1,6})?$/.test(text) ? Number(text) : undefined);
const percent = (value: number | undefined) => (value === undefined ? undefined : value / 100);
const mebibytes = (value: number | undefined) => (value === undefined ? undefined : value * MIB);
