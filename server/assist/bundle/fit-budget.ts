import type { SectionName } from "../shapes/bundle";

export interface WrittenLine {
  readonly text: string;
  /** With the end of the line. */
  readonly tokens: number;
}
/** A section whose lines are written, with what each costs. */
export interface Written {
  readonly name: SectionName;
  readonly lines: readonly WrittenLine[];
  /** Of its title and fences, whether it has lines or not. */
  readonly overhead: number;
}

/**
 * What each may take before anybody gets more, of all there is: a hundred alerts that fire must not keep the one certificate out that ends
 * tomorrow. What is not taken is handed out in order of worth.
 */
const SHARES: Readonly<Record<SectionName, number>> = {
  firing: 0.14,
  trouble: 0.08,
  instance: 0.1,
  forecast: 0.08,
  certificate: 0.05,
  backup: 0.05,
  ups: 0.02,
  smart: 0.04,
  host: 0.06,
  container: 0.07,
  mover: 0.06,
  timeline: 0.09,
  metric: 0.12,
  inventory: 0.02,
  unit: 0.02,
};

/** How many lines of each section fit: from its beginning, so that what is left out is what matters least. Pure. */
export function fitBudget(sections: readonly Written[], tokens: number): ReadonlyMap<SectionName, number> {
  const taken = new Map<SectionName, number>(sections.map(({ name }) => [name, 0]));
  let left = tokens - sections.reduce((sum, { overhead }) => sum + overhead, 0);
  const whole = Math.max(0, left);
  const take = ({ name, lines }: Written, most: number) => {
    let used = 0;
    let count = taken.get(name) ?? 0;
    for (const line of lines.slice(count)) {
      if (used + line.tokens > most || line.tokens > left) break;
      used += line.tokens;
      left -= line.tokens;
      count += 1;
    }
    taken.set(name, count);
  };
  for (const section of sections) take(section, SHARES[section.name] * whole);
  for (const section of sections) take(section, left);
  return taken;
}
