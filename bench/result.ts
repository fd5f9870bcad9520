/** What a benchmark prints with `--json`. The unit is in each figure's name. */
export interface BenchResult {
  readonly name: string;
  readonly figures: Readonly<Record<string, number>>;
  /** The bounds of the figures that have one. */
  readonly targets: Readonly<Record<string, number>>;
  readonly met: boolean;
}
