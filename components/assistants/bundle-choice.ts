const HOUR_MS = 3_600_000;

export const WINDOWS = [
  { value: "1h", name: "1 h", ms: HOUR_MS },
  { value: "6h", name: "6 h", ms: 6 * HOUR_MS },
  { value: "24h", name: "24 h", ms: 24 * HOUR_MS },
  { value: "7d", name: "7 d", ms: 168 * HOUR_MS },
  { value: "30d", name: "30 d", ms: 720 * HOUR_MS },
] as const;
export type WindowName = (typeof WINDOWS)[number]["value"];

/** Tokens. */
export const BUDGETS = [
  { value: "8000", name: "8k" },
  { value: "32000", name: "32k" },
  { value: "128000", name: "128k" },
] as const;
export type BudgetName = (typeof BUDGETS)[number]["value"];

export interface BundleChoice {
  readonly window: WindowName;
  readonly budget: BudgetName;
  readonly isPseudonymous: boolean;
}

/** What the server is asked for. @param now whole minutes before it are the window's end */
export function bundleInput({ window, budget, isPseudonymous }: BundleChoice, now: number) {
  const to = Math.floor(now / 60_000) * 60_000;
  const ms = WINDOWS.find(({ value }) => value === window)?.ms ?? HOUR_MS;
  const names = isPseudonymous ? ("pseudonyms" as const) : ("real" as const);
  return { from: to - ms, to, budget: Number(budget), names };
}
