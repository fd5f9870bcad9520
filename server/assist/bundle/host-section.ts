import type { figureOf } from "../../describe/figures";
import { groupByHost, hostHealth } from "../../describe/hosts";
import { hostVitals } from "../../describe/vitals";
import type { KnownSeries, Parts } from "../list-series";
import { mean, tidy } from "../measure-course";
import { compare } from "../relevance";
import { isoOf, type Line, type Section, writeLine } from "./line";
import type { Windows } from "./read-windows";

type Figure = ReturnType<typeof figureOf>;

/** Machines by how busy their processors were over the window. */
export function hostSection(parts: Parts, windows: Windows): Section {
  const hosts = groupByHost(parts.instances.list(), parts.localHost).map(([host, members]) => {
    const { vitals, bootedAtSeries } = hostVitals(parts, members);
    const courses = vitals.flatMap(({ key, figure }) => {
      const course = courseOf(figure, windows);
      return course ? [[UNITS[key] ?? key, course] as const] : [];
    });
    const { health, failing } = hostHealth(parts, members);
    const booted = parts.store.latest(bootedAtSeries)[0]?.value;
    const byName = Object.fromEntries(courses);
    const line: Line = writeLine(null, {
      kind: "host",
      host,
      state: health,
      instances: members.length,
      failing: failing || null,
      ...byName,
      up_since: booted === undefined ? null : isoOf(booted * 1_000),
    });
    return { host, busy: byName[UNITS.cpu]?.avg ?? -1, line };
  });
  const sorted = hosts.toSorted((a, b) => b.busy - a.busy || compare(a.host, b.host));
  return { name: "host", lines: sorted.map(({ line }) => line) };
}

/** What vitals are called in a line: with their units. */
const UNITS = {
  cpu: "cpu_ratio",
  memory: "memory_ratio",
  disk: "fullest_disk_ratio",
  receive: "receive_bytes_per_second",
  transmit: "transmit_bytes_per_second",
  temperature: "hottest_celsius",
} as const satisfies Readonly<Record<string, string>>;

/** As pages make one value of several series. */
function courseOf({ series, combine }: Figure, { window }: Windows) {
  const known = series.flatMap((id) => window.get(id) ?? []);
  if (known.length === 0) return undefined;
  const together = (pick: (one: (typeof known)[number]) => number): number => {
    const values = known.map(pick);
    switch (combine) {
      case "sum":
        return values.reduce((sum, value) => sum + value, 0);
      case "avg":
        return mean(values);
      case "min":
        return values.reduce((a, b) => Math.min(a, b));
      case "max":
        return values.reduce((a, b) => Math.max(a, b));
    }
    return combine satisfies never;
  };
  return {
    avg: tidy(together(({ avg }) => avg)),
    max: tidy(together(({ max }) => max)),
    last: tidy(together(({ last }) => last)),
  };
}

/** Series that a host's line is made of. */
export const vitalSeries = (parts: Parts, known: readonly KnownSeries[]): KnownSeries[] => {
  const wanted = new Set(
    groupByHost(parts.instances.list(), parts.localHost).flatMap(([, members]) =>
      hostVitals(parts, members).vitals.flatMap(({ figure }) => figure.series),
    ),
  );
  return known.filter(({ series }) => wanted.has(series.id));
};
