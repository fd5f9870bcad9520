/** What a benchmark found. The unit is in each figure's name. */
export interface Measured {
  readonly figures: Readonly<Record<string, number>>;
  /** The bounds of the figures that have one: a rate (`_per_s`) must reach it, anything else must not exceed it. */
  readonly targets: Readonly<Record<string, number>>;
  /** What was measured how, for people. */
  readonly notes?: readonly string[];
}

/** What is printed with `--json`, and nothing else. */
export interface BenchResult {
  readonly name: string;
  readonly figures: Readonly<Record<string, number>>;
  readonly targets: Readonly<Record<string, number>>;
  readonly met: boolean;
}

export function judge(name: string, { figures, targets }: Measured): BenchResult {
  const rounded = Object.fromEntries(Object.entries(figures).map(([figure, value]) => [figure, round(value)]));
  const met = Object.entries(targets).every(([figure, target]) => meets(figure, figures[figure], target));
  return { name, figures: rounded, targets, met };
}

/** A figure that is missing, or is not a number, meets nothing. */
export function meets(figure: string, value: number | undefined, target: number): boolean {
  if (value === undefined || !Number.isFinite(value)) return false;
  return isRate(figure) ? value >= target : value <= target;
}

export function toText(result: BenchResult, notes: readonly string[] = []): string {
  const { name, figures, targets, met } = result;
  const width = Math.max(...Object.keys(figures).map((figure) => figure.length));
  const lines = Object.entries(figures).map(([figure, value]) => {
    const target = targets[figure];
    const start = `  ${figure.padEnd(width)}  ${String(value).padStart(12)}`;
    if (target === undefined) return start;
    return `${start}   ${isRate(figure) ? "at least" : "at most"} ${target}${meets(figure, value, target) ? "" : "  MISSED"}`;
  });
  return [`${name}: ${met ? "targets met" : "TARGETS MISSED"}`, ...lines, ...notes.map((note) => `  ${note}`), ""].join(
    "\n",
  );
}

const isRate = (figure: string) => figure.endsWith("_per_s");
const round = (value: number) => Math.round(value * 100) / 100;
