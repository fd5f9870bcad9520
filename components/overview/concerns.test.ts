import { expect, test } from "vitest";
import type { Overview } from "@/components/data/outputs";
import { type Concern, findConcerns, samplesOf } from "./concerns";
import { aFigure, anInstance, anOverview, latest, NOW } from "./test-overview";

const MINUTE = 60_000;
const find = (rest: Partial<Overview>): Concern[] => {
  const overview = anOverview(rest);
  return findConcerns(overview, samplesOf(overview));
};
const full = (minutes: number, value = 0.95) => [
  ...new Array<number>(61 - minutes).fill(0.1),
  ...new Array<number>(minutes).fill(value),
];

test("a failing instance says why in words, what to do, and since when", () => {
  const status = {
    health: "failing",
    reason: "unreachable",
    message: "db:5432 refused the connection.",
    hint: "Is it running?",
    since: NOW - 5 * MINUTE,
  } as const;
  expect(find({ instances: [anInstance("Books", { status })] })).toMatchObject([
    {
      tone: "bad",
      title: "Books",
      about: "Disk · nas",
      points: [
        { tone: "bad", what: "Nothing answers there", why: "db:5432 refused the connection.", hint: "Is it running?" },
      ],
      since: NOW - 5 * MINUTE,
    },
  ]);
});

test("paused, healthy and just added instances need no attention, nor does one in maintenance", () => {
  const maintenance = { kind: "maintenance", id: "m", name: "Updates", until: null } as const;
  const instances = [
    anInstance("updated", { maintenance, status: { health: "failing" } }),
    anInstance("paused", { enabled: false, status: { health: "failing" } }),
    anInstance("healthy"),
    anInstance("new", { status: { health: "unknown", lastRunAt: null } }),
  ];
  expect(find({ instances })).toEqual([]);
});

test("a figure beyond its limit names the worst of its lines, the limit, and since when", () => {
  const concerns = find({
    instances: [anInstance("nas", { figures: [aFigure({ spark: full(12) })] })],
    latest: latest([1, 0.93], [2, 0.95]),
    lines: [
      { series: 1, labels: { mount: "/" } },
      { series: 2, labels: { mount: "/var" } },
    ],
  });
  expect(concerns).toMatchObject([
    {
      tone: "bad",
      title: "Disk",
      points: [{ what: "Fullest: 95%", why: "/var, and 1 more · Critical from 90% on" }],
      longer: false,
    },
  ]);
  expect(concerns[0]?.since).toBe(NOW - 11 * MINUTE);
});

test("where low is bad, the words turn round", () => {
  const left = aFigure({ title: "Days left", unit: "seconds", combine: "min", lowIsBad: true, max: null });
  const figures = [{ ...left, warn: 30 * 86_400, bad: 7 * 86_400, spark: full(61, 20 * 86_400) }];
  const concerns = find({
    instances: [anInstance("Certificates", { intervalSeconds: 3_600, figures })],
    latest: latest([1, 20 * 86_400], [2, 90 * 86_400]),
    lines: [{ series: 1, labels: { target: "nas.lab" } }],
  });
  expect(concerns).toMatchObject([
    { tone: "warn", points: [{ what: "Days left: 20 d", why: "nas.lab · Warns at 30 d or less" }], longer: true },
  ]);
});

test("a busy moment is no concern, but what is seldom measured is one at once", () => {
  const figures = [aFigure({ spark: full(2) })];
  const of = (intervalSeconds: number) =>
    find({ instances: [anInstance("nas", { intervalSeconds, figures })], latest: latest([1, 0.95]) });
  expect(of(10)).toEqual([]);
  expect(of(300)).toHaveLength(1);
});

test("gaps do not end what goes on, and an old value is no concern", () => {
  const spark = full(20).map((value, index) => (index % 2 === 0 ? value : null));
  const instances = [anInstance("nas", { figures: [aFigure({ spark })] })];
  expect(find({ instances, latest: latest([1, 0.95]) })).toHaveLength(1);
  expect(find({ instances, latest: latest([1, 0.95, NOW - 10 * MINUTE]) })).toEqual([]);
});

test("a vital of a host is told once: by the card that shows it, else by the host", () => {
  const figure = aFigure({ title: "Memory", series: [5], spark: full(10) });
  const host = {
    host: "nas",
    health: "healthy",
    enabled: true,
    instanceId: "a",
    instances: 1,
    failing: 0,
    bootedAtSeries: [],
    vitals: [{ key: "memory", figure }],
    strip: [],
  } as const;
  const hosts: Overview["hosts"] = [{ ...host, bootedAtSeries: [], vitals: [...host.vitals], strip: [] }];
  const samples = latest([5, 0.95]);
  expect(find({ hosts, instances: [anInstance("a", { figures: [figure] })], latest: samples })).toMatchObject([
    { instanceId: "a", title: "a" },
  ]);
  expect(find({ hosts, instances: [anInstance("a")], latest: samples })).toMatchObject([
    { instanceId: "a", title: "nas", about: "Host", points: [{ what: "Memory: 95%" }] },
  ]);
});

test("all that is wrong with one instance is one row, the worst first", () => {
  const status = { health: "degraded", reason: "partial", since: NOW - 90 * MINUTE } as const;
  const instances = [anInstance("web", { status, figures: [aFigure({ spark: full(5) })] })];
  const concerns = find({ instances, latest: latest([1, 0.95]) });
  expect(concerns).toHaveLength(1);
  expect(concerns[0]).toMatchObject({ tone: "bad", since: NOW - 4 * MINUTE });
  expect(concerns[0]?.points.map(({ what }) => what)).toEqual(["Fullest: 95%", "Not all could be read"]);
});

test("what is about to happen says when", () => {
  const outlook: Overview["outlook"] = [
    {
      instanceId: "nas",
      series: 3,
      metric: "disk_available_bytes",
      unit: "bytes",
      labels: { mount: "/data" },
      comparison: "below",
      threshold: 1,
      at: NOW + 6 * 86_400_000,
    },
  ];
  expect(find({ outlook, instances: [anInstance("nas")] })).toMatchObject([
    {
      tone: "warn",
      points: [{ what: "Available runs out", why: "/data · If it goes on like this" }],
      dueAt: NOW + 6 * 86_400_000,
    },
  ]);
  expect(find({ outlook })).toEqual([]);
});

test("the worst comes first, then what began last, then what is to come", () => {
  const failing = (name: string, minutes: number, health: "failing" | "degraded") =>
    anInstance(name, { status: { health, since: NOW - minutes * MINUTE } });
  const instances = [
    failing("degraded", 1, "degraded"),
    failing("failing long", 90, "failing"),
    failing("failing now", 2, "failing"),
  ];
  const concerns = find({ instances });
  expect(concerns.map(({ title }) => title)).toEqual(["failing now", "failing long", "degraded"]);
});
