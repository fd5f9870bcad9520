import type { MetricSpec } from "../../plugins/sdk/plugin";
import { metricFacts } from "../alert-facts";
import type { Instance } from "../collect/instance";
import { OWN_METRICS, specOf } from "../collect/own-metrics";
import { createBreath } from "../metrics/chunks/breathe";
import type { SeriesFacts } from "../metrics/series";
import { seriesKey, sortLabels } from "../metrics/series-key";
import type { SightParts } from "../sight/sight";
import {
  type ExpositionFormat,
  exposedName,
  exposedValue,
  type Family,
  familyHeader,
  labelText,
  sampleLine,
} from "./exposition";
import { describeSeenHealth, type Health, healthText } from "./own-health";

type Parts = Pick<SightParts, "registry" | "instances" | "series" | "store" | "rates" | "cluster" | "clock">;

/** A whole page. @param health what Unity says of itself, to those who see everything */
export async function* exposePage(
  parts: SightParts,
  format: ExpositionFormat,
  health: readonly Health[],
): AsyncGenerator<string> {
  const own = [...health, ...describeSeenHealth(parts)];
  yield healthText(own, format);
  const names = own.map(({ name }) => name);
  yield* exposeSeries(parts, format, names);
  if (format === "openmetrics") yield "# EOF\n";
}

/** Between two breaths: 200 series take about a millisecond. */
const AT_ONCE = 200;
/** A failing instance is asked four times more seldom, and its `unity_collector_up` must not go away then. */
const SLOWEST_CADENCE = 4;

interface Group {
  readonly instance: Instance;
  /** Written once for all its series. */
  readonly labels: string;
  readonly staleMs: number;
  readonly series: SeriesFacts[];
}
interface Exposed {
  readonly metric: string;
  readonly spec: MetricSpec;
  readonly groups: Group[];
}
interface Named extends Exposed {
  readonly name: string;
}

/**
 * The latest value of every series of the instances that this process collects, family by family, in pieces: nobody waits for a large page.
 * What is stale is left out, so that Prometheus marks its end; for the same reason there are no timestamps, and the value counts as of
 * now. Counters are the raw totals: until one is read after a start it is left out, too, and a new one until its second reading makes a series.
 */
async function* exposeSeries(parts: Parts, format: ExpositionFormat, others: Iterable<string>): AsyncGenerator<string> {
  const breath = createBreath();
  const families = await collectFamilies(parts, breath);
  const names = new Set(others);
  const named = [...families.values()].map((family) => {
    const name = freeName(exposedName(family.metric), names);
    names.add(name);
    return { ...family, name };
  });
  for (const family of named) {
    let head = familyHeader(familyOf(family), format, names);
    for (const group of family.groups) {
      for (let start = 0; start < group.series.length; start += AT_ONCE) {
        const lines = describeSamples(parts, family, { ...group, series: group.series.slice(start, start + AT_ONCE) });
        // A family without samples has no header.
        if (lines !== "") yield head + lines;
        if (lines !== "") head = "";
        await breath();
      }
    }
  }
}

async function collectFamilies(
  { registry, instances, series, cluster }: Parts,
  breath: ReturnType<typeof createBreath>,
): Promise<ReadonlyMap<string, Exposed>> {
  const families = new Map<string, Exposed>();
  for (const instance of instances.list()) {
    const plugin = registry.get(instance.plugin);
    if (!plugin || !cluster.holds(instance.id)) continue;
    const labels = labelText({ instance: instance.name, plugin: instance.plugin, host: instance.host });
    const groups = new Map<string, Group>();
    for (const facts of series.ofInstance(instance.id)) {
      const known = groups.get(facts.metric);
      known?.series.push(facts);
      const spec = known ? undefined : specOf(plugin, facts.metric);
      if (!spec) continue;
      const { staleMs = 0 } = metricFacts(plugin, facts.metric, instance.intervalSeconds) ?? {};
      const group = { instance, labels, staleMs: staleMsOf(staleMs, facts.metric), series: [facts] };
      groups.set(facts.metric, group);
      const family = families.get(facts.metric) ?? { metric: facts.metric, spec, groups: [] };
      families.set(facts.metric, family);
      family.groups.push(group);
    }
    await breath();
  }
  return families;
}

const staleMsOf = (staleMs: number, metric: string) =>
  Object.hasOwn(OWN_METRICS, metric) ? staleMs * SLOWEST_CADENCE : staleMs;

/** What an exporter calls its own process, Unity calls its own as well; two families of one name are none. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  return taken.has(name) ? freeName(`exported_${name}`, taken) : name;
}

function familyOf({ metric, spec, name }: Named): Family {
  const renamed = name === metric ? "" : ` Called ${metric} in Unity.`;
  // A share is stored as what it came to between two runs: a gauge.
  const type = spec.kind === "share" ? "gauge" : spec.kind;
  return { name, type, help: spec.description + renamed };
}

function describeSamples({ store, rates, clock }: Parts, { metric, spec, name }: Named, group: Group): string {
  const since = clock.now() - group.staleMs;
  const facts = new Map(group.series.map((one) => [one.id, one]));
  const newest =
    spec.kind === "counter"
      ? group.series.flatMap(({ id, labels }) => {
          const total = rates.total(group.instance.id, seriesKey(metric, sortLabels(labels)));
          return total ? [{ series: id, ...total }] : [];
        })
      : store.latest([...facts.keys()]);
  let lines = "";
  for (const { series, at, value } of newest) {
    if (at < since) continue;
    const own = labelText(facts.get(series)?.labels ?? {});
    const labels = own === "" ? group.labels : `${own},${group.labels}`;
    lines += sampleLine(name, labels, exposedValue(metric, value));
  }
  return lines;
}
