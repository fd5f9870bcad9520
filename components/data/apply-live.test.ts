import { expect, test } from "vitest";
import { applyToOverview } from "./apply-live";
import type { LiveMessage, Overview, Status } from "./outputs";

const figure = (series: number[], max: number | number[] | null = null) => ({
  title: "",
  unit: "bytes",
  combine: "max" as const,
  series,
  max,
  warn: null,
  bad: null,
  lowIsBad: false,
  staleAfterMs: 1_000,
  spark: [],
});
const status = (instanceId: string, lastRunAt: number): Status => ({
  instanceId,
  health: "healthy",
  since: 0,
  lastRunAt,
  lastSuccessAt: lastRunAt,
  reason: null,
  message: null,
  hint: null,
  consecutiveErrors: 0,
});
const instance = (id: string, series: number[]): Overview["instances"][number] => ({
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
  status: status(id, 1),
  figures: [figure(series)],
  strip: [],
});
const overview: Overview = {
  at: 0,
  hosts: [
    {
      host: "nas",
      health: "healthy",
      enabled: true,
      instanceId: "a",
      instances: 2,
      failing: 0,
      bootedAtSeries: [7],
      vitals: [{ key: "memory", figure: figure([5], [6]) }],
      strip: [],
    },
  ],
  instances: [instance("a", [1]), instance("b", [2])],
  latest: [
    { series: 1, at: 10, value: 1 },
    { series: 2, at: 10, value: 2 },
  ],
  lines: [],
  outlook: [],
  calmSince: null,
};
const message = (rest: Partial<LiveMessage>): LiveMessage => ({
  at: 20,
  series: [],
  times: [],
  values: [],
  statuses: [],
  changed: false,
  alerts: false,
  ...rest,
});

test("only what a message brought becomes another object", () => {
  const after = applyToOverview(
    overview,
    message({ series: [1], times: [20], values: [9], statuses: [status("a", 20)] }),
  );
  expect(after.latest).toEqual([
    { series: 1, at: 20, value: 9 },
    { series: 2, at: 10, value: 2 },
  ]);
  expect(after.latest[1]).toBe(overview.latest[1]);
  expect(after.instances[0]?.status.lastRunAt).toBe(20);
  expect(after.instances[1]).toBe(overview.instances[1]);
  expect(after.hosts).toBe(overview.hosts);
});

test("takes in the first samples of what a host row names: vitals, what they run to, and the boot time", () => {
  const after = applyToOverview(
    overview,
    message({ series: [5, 6, 7, 99], times: [20, 20, 20, 20], values: [1, 2, 3, 4] }),
  );
  expect(after.latest.map(({ series }) => series)).toEqual([1, 2, 5, 6, 7]);
});

test("an older sample does not replace a newer one", () => {
  expect(applyToOverview(overview, message({ series: [1], times: [5], values: [0] })).latest[0]?.value).toBe(1);
});
