import type { z } from "zod";
import type { Instance } from "../collect/instance";
import type { SightParts } from "../sight/sight";
import type { Overview } from "../trpc/outputs";
import { type Figure, figureOf, headlineOf } from "./figures";
import { groupByHost, hostHealth, hostStrip } from "./hosts";
import { describeInstance, writable } from "./instance";
import type { Outlook } from "./outlook";
import type { createPastHour } from "./past-hour";
import { createSparks, isBeyond } from "./sparks";
import { hostVitals } from "./vitals";

type View = z.output<typeof Overview>;
type Parts = Pick<
  SightParts,
  "registry" | "ledger" | "series" | "store" | "instances" | "clock" | "muting" | "localHost"
>;

/** The first page in one answer: hosts with vitals, instances with headlines, an hour of sparklines, a day of beats. */
export async function describeOverview(
  parts: Parts,
  { outlook, pastHour }: { outlook: readonly Outlook[]; pastHour: ReturnType<typeof createPastHour> },
): Promise<View> {
  const { instances, ledger, store, clock } = parts;
  const now = clock.now();
  const all = instances.list();
  const cards = all.map((instance) => ({ instance, figures: headlines(parts, instance) }));
  const hosts = groupByHost(all, parts.localHost).map(([host, members]) => ({
    host,
    members,
    ...hostVitals(parts, members),
  }));

  const figures = [
    ...cards.flatMap((card) => card.figures),
    ...hosts.flatMap(({ vitals }) => vitals.map(({ figure }) => figure)),
  ];
  const booted = hosts.flatMap(({ bootedAtSeries }) => bootedAtSeries);
  const latest = store.latest([...new Set([...figures.flatMap(seriesOf), ...booted])]);
  const values = new Map(latest.map((sample) => [sample.series, sample.value]));
  // A card and a row draw one line. Others are read where a value beyond its limit makes one ask since when.
  const isDrawn = (figure: Figure, index: number) => index === 0 || isBeyond(figure, values);
  const lines = [
    ...cards.flatMap((card) => card.figures.filter(isDrawn)),
    ...hosts.flatMap(({ vitals }) => vitals.map(({ figure }) => figure).filter(isDrawn)),
  ];
  const sparkOf = createSparks(await pastHour([...new Set(lines.flatMap(({ series }) => series))], now));
  const withSpark = (figure: Figure, index: number) => ({
    ...writable(figure),
    spark: isDrawn(figure, index) ? sparkOf(figure) : [],
  });

  return {
    at: now,
    hosts: hosts.map(({ host, members, vitals, bootedAtSeries }) => ({
      host,
      ...hostHealth(parts, members),
      bootedAtSeries,
      vitals: vitals.map(({ key, figure }, index) => ({ key, figure: withSpark(figure, index) })),
      strip: hostStrip(parts, members),
    })),
    instances: cards.map(({ instance, figures: own }) => ({
      ...describeInstance(parts, instance),
      figures: own.map(withSpark),
      strip: ledger.strip(instance.id),
    })),
    latest: latest.map((sample) => ({ ...sample })),
    lines: limited(figures).flatMap((id) => {
      const labels = parts.series.get(id)?.labels ?? {};
      return Object.keys(labels).length === 0 ? [] : [{ series: id, labels: { ...labels } }];
    }),
    outlook: outlook
      .filter(({ instanceId }) => instances.get(instanceId)?.enabled)
      .map((one) => ({ ...one, labels: { ...one.labels } })),
    calmSince: calmSince(parts, all),
  };
}

const hasLimit = ({ warn, bad }: Figure) => warn !== null || bad !== null;

/** Series that a page may have to name: "which of them is full?" */
const limited = (figures: readonly Figure[]) => [...new Set(figures.filter(hasLimit).flatMap(({ series }) => series))];

const seriesOf = (figure: Figure) => [...figure.series, ...(Array.isArray(figure.max) ? figure.max : [])];

function headlines({ registry, series }: Parts, instance: Instance): Figure[] {
  const plugin = registry.get(instance.plugin);
  if (!plugin) return [];
  return headlineOf(plugin).map((meter) =>
    figureOf(plugin, meter, series.ofInstance(instance.id), instance.intervalSeconds),
  );
}

function calmSince({ ledger }: Parts, instances: readonly Instance[]): number | null {
  const enabled = instances.filter((instance) => instance.enabled).map(({ id }) => ledger.status(id));
  if (enabled.length === 0 || enabled.some(({ health }) => health !== "healthy")) return null;
  return Math.max(...enabled.map(({ since }) => since));
}
