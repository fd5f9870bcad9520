import type { z } from "zod";
import type { BoardItem } from "../../plugins/sdk/board";
import type { Metrics, Plugin, Inventory as Snapshot } from "../../plugins/sdk/plugin";
import { SLOT_MS } from "../collect/beats";
import type { Instance } from "../collect/instance";
import { ceilTo } from "../metrics/grid";
import type { SeriesFacts } from "../metrics/series";
import { maskSecrets } from "../secret-fields";
import type { SightParts } from "../sight/sight";
import type { InstanceDetail, InstanceSummary, Inventory, MetricInfo } from "../trpc/outputs";
import { figureOf, metricsOf, storedUnit } from "./figures";

type Summary = z.output<typeof InstanceSummary>;
type Detail = z.output<typeof InstanceDetail>;
type Parts = Pick<SightParts, "registry" | "ledger" | "series" | "store" | "clock" | "muting">;

/** An instance for a list. A plugin that is gone or broken leaves its instance visible and says so. */
export function describeInstance({ registry, ledger, muting, clock }: Parts, instance: Instance): Summary {
  const plugin = registry.get(instance.plugin);
  const status = ledger.status(instance.id);
  const gone = `The plugin "${instance.plugin}" is not loaded. See the catalogue.`;
  return {
    id: instance.id,
    plugin: instance.plugin,
    pluginName: plugin?.name ?? instance.plugin,
    category: plugin?.category ?? "system",
    name: instance.name,
    host: instance.host,
    target: plugin ? targetOf(plugin, instance) : "",
    enabled: instance.enabled,
    intervalSeconds: instance.intervalSeconds,
    tags: [...instance.tags],
    maintenance: muting.pausedBy(instance.id, clock.now()),
    status: plugin ? status : { ...status, health: "failing", message: gone },
  };
}

export function describeInstanceDetail(parts: Parts, instance: Instance): Detail {
  const plugin = parts.registry.get(instance.plugin);
  const series = parts.series.ofInstance(instance.id);
  const latest = new Map(
    parts.store.latest(series.map(({ id }) => id)).map(({ series: id, at, value }) => [id, { at, value }]),
  );
  return {
    ...describeInstance(parts, instance),
    timeoutMs: instance.timeoutMs,
    // Without its schema nobody knows which fields are secret: nothing is shown.
    config: plugin ? maskSecrets(plugin.config, instance.config) : {},
    createdAt: instance.createdAt,
    strip: parts.ledger.strip(instance.id),
    stripEndsAt: ceilTo(parts.clock.now() + 1, SLOT_MS),
    board: plugin ? plugin.board.map((item) => describeBoardItem(plugin, item, series, instance.intervalSeconds)) : [],
    metrics: plugin ? describeMetrics(metricsOf(plugin, series)) : [],
    series: series.map(({ id, metric, labels }) => ({ series: id, metric, labels, latest: latest.get(id) ?? null })),
  };
}

export const describeMetrics = (metrics: Metrics): z.output<typeof MetricInfo>[] =>
  Object.entries(metrics).map(([name, spec]) => ({
    name,
    kind: spec.kind,
    unit: spec.unit,
    storedUnit: storedUnit(spec),
    description: spec.description,
    labels: [...(spec.labels ?? [])],
    everySeconds: spec.everySeconds ?? null,
  }));

function describeBoardItem(
  plugin: Plugin,
  item: BoardItem,
  series: readonly SeriesFacts[],
  intervalSeconds: number,
): Detail["board"][number] {
  const unitOf = (metric: string) => {
    const spec = plugin.metrics[metric];
    return spec ? storedUnit(spec) : "count";
  };
  switch (item.type) {
    case "meter": {
      const figure = figureOf(plugin, item, series, intervalSeconds);
      return { type: "meter", figure: writable(figure) };
    }
    case "states":
      return { type: "states", metric: item.metric, title: item.title, by: item.by };
    case "table": {
      const columns = item.columns.map(({ metric, title }) => ({ metric, title, unit: unitOf(metric) }));
      const sort = { metric: item.sort?.metric ?? columns[0]?.metric ?? "", ascending: item.sort?.ascending ?? false };
      return { type: "table", title: item.title, by: item.by, columns, sort, limit: item.limit ?? 20 };
    }
    case "chart": {
      const metrics = [...item.metrics];
      const unit = unitOf(metrics[0] ?? "");
      return {
        type: "chart",
        title: item.title,
        metrics,
        unit,
        where: { ...item.where },
        stacked: item.stacked ?? false,
      };
    }
  }
  return item satisfies never;
}

/** A figure with arrays of its own: outputs are plain data. */
export function writable(figure: ReturnType<typeof figureOf>) {
  const { max } = figure;
  return { ...figure, series: [...figure.series], max: typeof max === "number" || max === null ? max : [...max] };
}

export function describeInventory(snapshot: Snapshot, at: number): z.output<typeof Inventory> {
  const lists = Object.entries(snapshot.lists ?? {}).map(
    ([name, rows]) => [name, rows.map((row) => ({ ...row }))] as const,
  );
  return { at, facts: { ...snapshot.facts }, lists: Object.fromEntries(lists) };
}

/** An instance that is changed is another object. Parsing a config takes 20 µs, and a page shows hundreds of targets. */
const targets = new WeakMap<Instance, string>();

function targetOf(plugin: Plugin, instance: Instance): string {
  const known = targets.get(instance);
  if (known !== undefined) return known;
  const parsed = plugin.config.safeParse(instance.config);
  const target = parsed.success ? (plugin.target?.(parsed.data) ?? "") : "";
  targets.set(instance, target);
  return target;
}
