import type { Labels } from "../../plugins/sdk/plugin";
import { explicitBuckets, exponentialBuckets } from "./otlp-buckets";
import { nameOtlp } from "./otlp-names";
import {
  type Attributes,
  type ExponentialPoint,
  type HistogramPoint,
  type Metric,
  type NumberPoint,
  parseOtlp,
  type SummaryPoint,
  type Temporality,
} from "./otlp-shape";
import { MOST_SAMPLES, type Push, type PushedHistogram, type PushedSeries, PushFault } from "./pushed";

/** Of a resource, what tells its series from others': all of it would be the same dozen labels on each. */
const OF_RESOURCE: Readonly<Record<string, string>> = {
  "service.instance.id": "instance",
  "host.name": "host_name",
  "container.name": "container_name",
  "k8s.namespace.name": "k8s_namespace_name",
  "k8s.pod.name": "k8s_pod_name",
};
const NO_VALUE = 1;

interface Taken {
  readonly series: PushedSeries[];
  readonly histograms: PushedHistogram[];
  samples: number;
  leftOut: number;
  unsupported: number;
  readonly remarks: Set<string>;
}
interface Point {
  readonly attributes: Attributes;
  readonly startTimeUnixNano: number;
  readonly timeUnixNano: number;
  readonly flags: number;
}

/** What a request for metrics brings. @param plain as OTLP's JSON has it @throws PushFault */
export function readOtlp(plain: unknown): Push {
  const taken: Taken = { series: [], histograms: [], samples: 0, leftOut: 0, unsupported: 0, remarks: new Set() };
  for (const { resource, scopeMetrics } of parseOtlp(plain).resourceMetrics) {
    const labels = labelsOfResource(resource.attributes);
    for (const { metrics } of scopeMetrics) for (const metric of metrics) readMetric(metric, labels, taken);
  }
  const { series, histograms, leftOut, unsupported, remarks } = taken;
  return { series, histograms, leftOut, unsupported, invalid: 0, remarks: [...remarks] };
}

function readMetric(metric: Metric, resource: Labels, taken: Taken): void {
  const { name, factor } = nameOtlp(metric.name, metric.unit);
  if (name === "") throw new PushFault("A metric has no name.");
  const add = createAdd(taken, { name, factor, resource });
  for (const point of metric.gauge?.dataPoints ?? []) add.number(point, "gauge", "cumulative");
  if (metric.sum) readSum(metric.sum, metric.name, add, taken);
  const { histogram, exponentialHistogram } = metric;
  for (const point of histogram?.dataPoints ?? [])
    add.histogram(point, histogram?.aggregationTemporality ?? "unknown", explicitBuckets);
  for (const point of exponentialHistogram?.dataPoints ?? [])
    add.histogram(point, exponentialHistogram?.aggregationTemporality ?? "unknown", exponentialBuckets);
  for (const point of metric.summary?.dataPoints ?? []) add.summary(point);
}

function readSum(sum: NonNullable<Metric["sum"]>, name: string, add: Add, taken: Taken): void {
  const { aggregationTemporality: temporality, isMonotonic, dataPoints } = sum;
  // What goes up and down is told as changes: what it is nobody knows who has not heard all of them.
  if (temporality === "unknown" || (temporality === "delta" && !isMonotonic)) {
    taken.unsupported += dataPoints.length;
    const why = temporality === "unknown" ? "has no temporality" : "goes up and down and is told as changes";
    taken.remarks.add(`${name.slice(0, 150)} ${why}.`);
    return;
  }
  for (const point of dataPoints) add.number(point, isMonotonic ? "total" : "gauge", temporality);
}

type Add = ReturnType<typeof createAdd>;

function createAdd(taken: Taken, { name, factor, resource }: { name: string; factor: number; resource: Labels }) {
  function put(
    point: Point,
    one: { name: string; kind: "gauge" | "total"; value: number; more?: Labels },
    since = true,
  ) {
    count(taken);
    if (!Number.isFinite(one.value)) {
      taken.leftOut += 1;
      return;
    }
    const labels = { ...resource, ...labelsOf(point.attributes), ...one.more };
    const isIncrease = one.kind === "total" && since;
    const from = point.startTimeUnixNano > 0 ? millis(point.startTimeUnixNano) : null;
    taken.series.push({
      ...{ name: one.name, kind: one.kind, labels },
      ...{ at: [millis(point.timeUnixNano)], value: [one.value], since: isIncrease ? [from] : undefined },
    });
  }

  function isSilent(point: Point): boolean {
    if (point.flags % 2 === NO_VALUE) return true;
    if (!(point.timeUnixNano > 0)) throw new PushFault(`A point of ${name.slice(0, 150)} has no time.`);
    return false;
  }

  return {
    number(point: NumberPoint, kind: "gauge" | "total", temporality: Temporality): void {
      if (isSilent(point)) return;
      const value = (point.asDouble ?? point.asInt ?? Number.NaN) * factor;
      put(point, { name, kind, value }, temporality === "delta");
    },
    histogram<P extends HistogramPoint | ExponentialPoint>(
      point: P,
      temporality: Temporality,
      bucketsOf: (point: P, factor: number) => PushedHistogram["buckets"],
    ): void {
      if (isSilent(point)) return;
      if (temporality === "unknown") {
        taken.unsupported += 1;
        taken.remarks.add(`${name.slice(0, 150)} has no temporality.`);
        return;
      }
      const isIncrease = temporality === "delta";
      put(point, { name: `${name}_count`, kind: "total", value: point.count }, isIncrease);
      if (point.sum !== undefined)
        put(point, { name: `${name}_sum`, kind: "total", value: point.sum * factor }, isIncrease);
      const buckets = bucketsOf(point, factor);
      if (buckets.length === 0) return;
      const labels = { ...resource, ...labelsOf(point.attributes) };
      taken.histograms.push({ name, labels, kind: "gauge", at: millis(point.timeUnixNano), buckets, isIncrease });
    },
    summary(point: SummaryPoint): void {
      if (isSilent(point)) return;
      put(point, { name: `${name}_count`, kind: "total", value: point.count }, false);
      put(point, { name: `${name}_sum`, kind: "total", value: point.sum * factor }, false);
      for (const { quantile, value } of point.quantileValues)
        put(point, { name, kind: "gauge", value: value * factor, more: { quantile: String(quantile) } });
    },
  };
}

function count(taken: Taken): void {
  if (++taken.samples > MOST_SAMPLES) throw new PushFault(`A request has more than ${MOST_SAMPLES} points.`);
}

const millis = (nanos: number) => Math.floor(nanos / 1e6);

/** As Prometheus makes `job` and `instance` of what a service says of itself. */
function labelsOfResource(attributes: Attributes): Labels {
  const said = labelsOf(attributes);
  const labels: Record<string, string> = {};
  const [service, namespace] = [said["service.name"], said["service.namespace"]];
  if (service !== undefined) labels.job = namespace === undefined ? service : `${namespace}/${service}`;
  for (const [attribute, label] of Object.entries(OF_RESOURCE)) {
    const value = said[attribute];
    if (value !== undefined) labels[label] = value;
  }
  return labels;
}

/** Texts, numbers, yes and no. */
function labelsOf(attributes: Attributes): Labels {
  const labels: Record<string, string> = {};
  for (const { key, value } of attributes) {
    const said = value.stringValue ?? value.boolValue ?? value.intValue ?? value.doubleValue;
    if (key !== "" && said !== undefined) labels[key] = String(said);
  }
  return labels;
}
