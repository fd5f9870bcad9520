export const TABS = ["charts", "inventory", "runs", "alerts", "settings"] as const;
export type Tab = (typeof TABS)[number];

export const tabOf = (text: string | string[] | undefined): Tab => TABS.find((tab) => tab === text) ?? "charts";

/** How many runs the tab lists: at ten seconds each, the past quarter of an hour and more. */
export const RUNS_SHOWN = 100;
