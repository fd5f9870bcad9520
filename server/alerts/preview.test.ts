import { expect, test } from "vitest";
import { previewRule } from "./preview";
import type { Override } from "./shapes/override";
import { type Rule, RuleDraft } from "./shapes/rule";
import type { SeriesName, Watched } from "./watched";

const NOW = 1_000_000_000;
const NAS: Watched = { id: "nas", plugin: "disk", name: "nas", host: "nas", tags: [], intervalSeconds: 10, config: {} };
const SERIES: readonly SeriesName[] = [
  { id: 1, metric: "used", labels: { mount: "/" } },
  { id: 2, metric: "used", labels: { mount: "/srv" } },
  { id: 3, metric: "used", labels: { mount: "/old" } },
  { id: 4, metric: "size", labels: { mount: "/srv" } },
];
const LATEST = [
  { series: 1, at: NOW - 5_000, value: 50 },
  { series: 2, at: NOW - 5_000, value: 95 },
  { series: 3, at: NOW - 3_600_000, value: 99 },
  { series: 4, at: NOW - 5_000, value: 100 },
];
const rule = (parts: unknown[]): Rule => ({
  ...RuleDraft.parse({ name: "r", scope: { kind: "all" }, parts, severity: "warning", summary: "s" }),
  id: "r1",
  origin: "person",
});
const preview = (one: Rule, overrides: readonly Override[] = []) =>
  previewRule(
    {
      store: {
        latest: (ids) => LATEST.filter(({ series }) => ids.includes(series)),
        range: () => Promise.reject(new Error("not asked")),
        export: async function* () {
          yield { series: [1, 1], at: [NOW - 60_000, NOW - 30_000], value: [10, 30] };
        },
      },
      overrides,
      facts: () => ({ labels: ["mount"], isRate: false, staleMs: 30_000 }),
      ofInstance: () => SERIES,
      errorsOf: () => 2,
      clock: { now: () => NOW },
    } as Parameters<typeof previewRule>[0],
    one,
    [NAS],
  );
const said = async (one: Rule, overrides?: readonly Override[]) =>
  (await preview(one, overrides)).lines.map(({ labels, value, limit, holds }) => [labels.mount, value, limit, holds]);

test("each series is judged by its newest value, what holds first, and an old value is not judged", async () => {
  const above = rule([{ kind: "value", metric: "used", is: "above", limit: 90 }]);
  expect(await said(above)).toEqual([
    ["/srv", 95, 90, true],
    ["/", 50, 90, false],
    ["/old", null, 90, null],
  ]);
  expect(await preview(above)).toMatchObject({ total: 3, holding: 1 });
});

test("labels choose, and another metric may be the limit", async () => {
  const where = [{ label: "mount", op: "like", value: "/s*" }];
  const limit = { metric: "size", times: 0.9 };
  expect(await said(rule([{ kind: "value", metric: "used", where, is: "above", limit }]))).toEqual([
    ["/srv", 95, 90, true],
  ]);
});

test("a window is read from the store", async () => {
  const part = { kind: "value", metric: "used", is: "above", limit: 15, take: { kind: "avg", seconds: 300 } };
  const where = [{ label: "mount", op: "is", value: "/" }];
  expect(await said(rule([{ ...part, where }]))).toEqual([["/", 20, 15, true]]);
});

test("silence and failed runs are judged as well", async () => {
  const silent = rule([{ kind: "absent", metric: "used", seconds: 600 }]);
  expect(await said(silent)).toEqual([
    ["/old", 3_600, 600, true],
    ["/", 5, 600, false],
    ["/srv", 5, 600, false],
  ]);
  expect(await said(rule([{ kind: "failing", runs: 2 }]))).toEqual([[undefined, 2, 2, true]]);
});

test("overrides count, and what is ignored comes last and holds for nobody", async () => {
  const item = (value: string, set: Override["set"]): Override => ({
    id: value,
    rule: "r1",
    scope: { kind: "item", instance: "nas", where: [{ label: "mount", op: "is", value }] },
    set,
    note: "",
  });
  const above = rule([{ kind: "value", metric: "used", is: "above", limit: 90 }]);
  const found = await preview(above, [item("/srv", { enabled: false }), item("/", { limit: 40 })]);
  expect(found.lines.map(({ labels, limit, ignored }) => [labels.mount, limit, ignored])).toEqual([
    ["/", 40, false],
    ["/old", 90, false],
    ["/srv", 90, true],
  ]);
  expect(found.holding).toBe(1);
});
