import type { FigureWithSpark, Overview, OverviewInstance } from "@/components/data/outputs";

/** Overviews for tests, as small as their types allow. */
export const NOW = 1_790_000_040_000;

export const aFigure = (rest: Partial<FigureWithSpark> = {}): FigureWithSpark => ({
  title: "Fullest",
  unit: "ratio",
  combine: "max",
  series: [1, 2],
  max: 1,
  warn: 0.8,
  bad: 0.9,
  lowIsBad: false,
  staleAfterMs: 60_000,
  spark: [],
  ...rest,
});

export function anInstance(
  id: string,
  rest: Partial<Omit<OverviewInstance, "status">> & { status?: Partial<OverviewInstance["status"]> } = {},
): OverviewInstance {
  return {
    id,
    plugin: "disk",
    pluginName: "Disk",
    category: "storage",
    name: id,
    host: "nas",
    target: "",
    enabled: true,
    intervalSeconds: 10,
    tags: [],
    maintenance: null,
    figures: [],
    strip: [],
    ...rest,
    status: {
      instanceId: id,
      health: "healthy",
      since: NOW - 3_600_000,
      lastRunAt: NOW,
      lastSuccessAt: NOW,
      reason: null,
      message: null,
      hint: null,
      consecutiveErrors: 0,
      ...rest.status,
    },
  };
}

export const anOverview = (rest: Partial<Overview> = {}): Overview => ({
  at: NOW,
  hosts: [],
  instances: [],
  latest: [],
  lines: [],
  outlook: [],
  calmSince: null,
  ...rest,
});

export const latest = (...samples: [series: number, value: number, at?: number][]) =>
  samples.map(([series, value, at = NOW]) => ({ series, value, at }));
