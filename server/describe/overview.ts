import type { z } from "zod";
import type { Instance } from "../collect/instance";
import type { Overview } from "../trpc/outputs";
import type { Unity } from "../unity";
import { type Figure, figureOf, headlineOf } from "./figures";
import { describeInstance, writable } from "./instance";
import type { Outlook } from "./outlook";
import type { createPastHour } from "./past-hour";
import { createSparks } from "./sparks";
import { hostVitals } from "./vitals";

type View = z.output<typeof Overview>;
type Beat = View["hosts"][number]["strip"][number];
type Parts = Pick<Unity, "registry" | "ledger" | "series" | "store" | "instances" | "clock" | "localHost">;

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
  const shown = [...new Set(figures.flatMap(seriesOf))];
  const sparkOf = createSparks(await pastHour(shown, now));
  const withSpark = (figure: Figure) => ({ ...writable(figure), spark: sparkOf(figure) });
  const booted = hosts.flatMap(({ bootedAtSeries }) => bootedAtSeries);

  return {
    at: now,
    hosts: hosts.map(({ host, members, vitals, bootedAtSeries }) => ({
      host,
      ...hostHealth(parts, members),
      bootedAtSeries,
      vitals: vitals.map(({ key, figure }) => ({ key, figure: withSpark(figure) })),
      strip: mergeStrips(stripMembers(parts, members).map(({ id }) => ledger.strip(id))),
    })),
    instances: cards.map(({ instance, figures: own }) => ({
      ...describeInstance(parts, instance),
      // A card draws its first line only; the others are kept where a limit makes one ask since when.
      figures: own.map((figure, index) =>
        index === 0 || hasLimit(figure) ? withSpark(figure) : { ...writable(figure), spark: [] },
      ),
      strip: ledger.strip(instance.id),
    })),
    latest: store.latest([...new Set([...shown, ...booted])]).map((sample) => ({ ...sample })),
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

/** This machine first, then by name. */
function groupByHost(instances: readonly Instance[], localHost: string): [string, Instance[]][] {
  const groups = new Map<string, Instance[]>();
  for (const instance of instances) groups.set(instance.host, [...(groups.get(instance.host) ?? []), instance]);
  const rank = (host: string) => (host === localHost ? 0 : 1);
  return [...groups].sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b, "en", { numeric: true }));
}

/** A service that is away does not make its machine so; where nothing reads the machine, its services speak for it. */
function stripMembers({ registry }: Parts, members: readonly Instance[]): Instance[] {
  const enabled = members.filter((instance) => instance.enabled);
  const ofMachine = enabled.filter(({ plugin }) => registry.get(plugin)?.kind === "host");
  return ofMachine.length > 0 ? ofMachine : enabled;
}

function hostHealth({ ledger, registry }: Parts, members: readonly Instance[]) {
  const enabled = members.filter((instance) => instance.enabled);
  const statuses = enabled.map(({ id }) => ledger.status(id));
  // Of one that was just added nothing is known yet; that says nothing about its host.
  const worst = (["failing", "degraded", "healthy"] as const).find((health) =>
    statuses.some((status) => status.health === health),
  );
  const main =
    members.find(({ plugin }) => plugin === "system-info") ??
    members.find(({ plugin }) => registry.get(plugin)?.kind === "host");
  return {
    // One failing service makes its host worth a look, not failing itself.
    health:
      worst === "failing" && statuses.some(({ health }) => health === "healthy")
        ? ("degraded" as const)
        : (worst ?? ("unknown" as const)),
    enabled: enabled.length > 0,
    instanceId: main?.id ?? members[0]?.id ?? "",
    instances: members.length,
    failing: statuses.filter(({ health }) => health === "failing").length,
  };
}

/** The worst of several strips, slot by slot. */
function mergeStrips(all: readonly Beat[][]): Beat[] {
  const worst: Beat[] = ["failed", "partial", "ok"];
  const length = all[0]?.length ?? 0;
  return Array.from({ length }, (_, slot) => worst.find((beat) => all.some((strip) => strip[slot] === beat)) ?? "none");
}

function calmSince({ ledger }: Parts, instances: readonly Instance[]): number | null {
  const enabled = instances.filter((instance) => instance.enabled).map(({ id }) => ledger.status(id));
  if (enabled.length === 0 || enabled.some(({ health }) => health !== "healthy")) return null;
  return Math.max(...enabled.map(({ since }) => since));
}
