import type { z } from "zod";
import { formatText } from "../../components/format";
import { describeAlertDetail } from "../describe/alert-detail";
import type { AlertDetail } from "../trpc/alert-detail-outputs";
import { type Situation, suggest } from "./advice";
import { BASELINE_DAYS, findBaseline } from "./baseline";
import { findMoved } from "./find-moved";
import { type KnownSeries, listSeries, type Parts } from "./list-series";
import { type Columns, measuredSeconds, tidy, trendOf } from "./measure-course";
import type { AlertAnalysis } from "./shapes/alert-analysis";

type Detail = z.output<typeof AlertDetail>;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** What has to do with an alert moved about when it did. */
const MOVED_MS = 30 * MINUTE_MS;
const MOST_MOVED = 8;
/** So long a course is read for its trend; for slow metrics, so many of their readings. */
const TREND_MS = 6 * HOUR_MS;
const TREND_READINGS = 40;
const TREND_POINTS = 72;

/** @throws UnityError `not_found` when there is no such alert */
export async function analyseAlert(parts: Parts, id: string): Promise<AlertAnalysis> {
  const detail = await describeAlertDetail(parts, id);
  const named = detail.open ?? detail.fired ?? detail.timeline[0];
  // Whoever describes an alert has found one of them.
  if (!named) throw new Error("An alert without anything that is known of it.");
  const at = detail.open ? detail.at : (detail.fired?.firedAt ?? detail.timeline.at(-1)?.at ?? detail.at);
  const instance = parts.instances.get(named.instanceId);
  const own = instance ? await listSeries(parts, { instance: instance.id }) : [];
  const series = findSeries(own, named, detail.chart);
  const beside = instance ? await listBeside(parts, instance.host) : [];
  const others = beside.filter((one) => one.series.id !== series?.series.id);
  const [days, recent, moved] = await Promise.all([
    series && readCourse(parts, series, { from: at - BASELINE_DAYS * DAY_MS, to: at, points: BASELINE_DAYS * 24 }),
    series && readCourse(parts, series, { from: at - trendSpan(series), to: at + 1, points: TREND_POINTS }),
    findMoved(parts, others, { from: at - MOVED_MS, to: at + 1, limit: MOST_MOVED }),
  ]);
  return writeAlertAnalysis({
    detail,
    named,
    at,
    days,
    recent,
    moved,
    // A disk that fills does so also while its instance is asked in vain.
    failure: isOfAsking(named.metric) ? failureOf(parts, named.instanceId, detail) : null,
    failingBeside: isOfAsking(named.metric) ? failingBeside(parts, named.instanceId) : [],
  });
}

/** It is about whether the instance can be asked at all. */
const isOfAsking = (metric: string | null) => metric === null || metric === "unity_collector_up";

interface Facts {
  readonly detail: Detail;
  readonly named: NonNullable<Detail["open"] | Detail["fired"]> | Detail["timeline"][number];
  readonly at: number;
  /** Of the days before, and of the last hours. */
  readonly days: Columns | undefined;
  readonly recent: Columns | undefined;
  readonly moved: AlertAnalysis["moved"];
  readonly failure: Situation["failure"];
  readonly failingBeside: readonly string[];
}

/** Pure: the same facts give the same analysis. */
function writeAlertAnalysis({ detail, named, at, days, recent, ...facts }: Facts): AlertAnalysis {
  const { value, limit, metric, labels, unit, instanceId, instanceName, host, plugin, ruleId, ruleName } = named;
  const part = detail.rule?.rule.parts.find((one) => one.kind === "value" && one.metric === metric);
  const isComparable = detail.chart?.comparable ?? false;
  const courseUnit = detail.chart?.unit ?? unit;
  const newest = recent?.avg.findLast((one) => one !== null) ?? null;
  const measured = {
    plugin,
    metric,
    labels: { ...labels },
    unit,
    current: value === null ? null : { value, text: formatText(value, unit) },
    threshold:
      limit === null
        ? null
        : { value: limit, text: formatText(limit, unit), comparison: part?.kind === "value" ? part.is : null },
    baseline: baselineOf(days, { at, value: isComparable ? (value ?? newest) : newest, unit: courseUnit }),
    trend: courseTrend(recent, { unit: courseUnit, limit: isComparable ? limit : null, value: value ?? newest }),
    moved: facts.moved,
  };
  return {
    alertId: detail.open?.id ?? detail.fired?.id ?? detail.timeline[0]?.alertId ?? "",
    at,
    rule: { id: ruleId, name: ruleName },
    instance: { id: instanceId, name: instanceName, host },
    ...measured,
    suggestion: suggest({
      ...measured,
      instanceName: instanceName ?? "a removed instance",
      host: host ?? "the host",
      failure: facts.failure,
      failingBeside: facts.failingBeside,
    }),
  };
}

function baselineOf(
  days: Columns | undefined,
  { at, value, unit }: { at: number; value: number | null; unit: string },
): AlertAnalysis["baseline"] {
  const found = days && findBaseline(days, at);
  if (!found) return null;
  const distance = value === null || found.spread === 0 ? null : (value - found.median) / found.spread;
  const usual = `At this hour it was ${formatText(found.median, unit)} on the ${found.days} days before`;
  const within = found.spread === 0 ? "" : `, half of them within ${formatText(found.spread, unit)} of that`;
  return {
    median: tidy(found.median),
    spread: tidy(found.spread),
    days: found.days,
    distance: distance === null ? null : Math.round(distance * 10) / 10,
    sentence: `${usual}${within}.`,
  };
}

function courseTrend(
  recent: Columns | undefined,
  { unit, limit, value }: { unit: string; limit: number | null; value: number | null },
): AlertAnalysis["trend"] {
  if (!recent) return null;
  const trend = trendOf(recent);
  if (trend.perHour === null || trend.direction === "unknown") return null;
  const overSeconds = measuredSeconds(recent);
  const gap = limit === null || value === null ? 0 : limit - value;
  const isHeading = trend.direction !== "steady" && gap * trend.perHour > 0;
  const secondsToThreshold = isHeading ? Math.round((gap / trend.perHour) * 3_600) : null;
  const pace = `${trend.direction} by ${formatText(Math.abs(trend.perHour), unit)} an hour`;
  const over = formatText(overSeconds, "seconds");
  const there =
    secondsToThreshold === null
      ? ""
      : ` At this pace it crosses the limit in ${formatText(secondsToThreshold, "seconds")}.`;
  return {
    ...trend,
    overSeconds,
    secondsToThreshold,
    sentence: `Over the past ${over} it was ${trend.direction === "steady" ? "steady" : pace}.${there}`,
  };
}

/** The course that an alert is about: of exactly its labels, else of all that it has. */
function findSeries(
  own: readonly KnownSeries[],
  { labels }: { readonly labels: Readonly<Record<string, string>> },
  chart: Detail["chart"],
): KnownSeries | undefined {
  const wanted = Object.entries(labels);
  const fitting = own.filter(
    ({ series }) => series.metric === chart?.metric && wanted.every(([name, value]) => series.labels[name] === value),
  );
  return fitting.find(({ series }) => Object.keys(series.labels).length === wanted.length) ?? fitting[0];
}

async function listBeside(parts: Parts, host: string): Promise<KnownSeries[]> {
  const known: KnownSeries[] = [];
  for (const { id } of parts.instances.list().filter((one) => one.host === host))
    known.push(...(await listSeries(parts, { instance: id })));
  return known;
}

async function readCourse(
  { store }: Pick<Parts, "store">,
  { series, instance, spec }: KnownSeries,
  { from, to, points }: { from: number; to: number; points: number },
): Promise<Columns | undefined> {
  const minStepMs = Math.max((to - from) / points, instance.intervalSeconds * 1_000, (spec.everySeconds ?? 0) * 1_000);
  const range = await store.range({
    series: [series.id],
    from,
    to,
    maxPoints: points + 2,
    minStepMs: Math.ceil(minStepMs),
  });
  const [column] = range.series;
  return column && { from: range.from, stepMs: range.stepMs, avg: column.avg, min: column.min, max: column.max };
}

const trendSpan = ({ instance, spec }: KnownSeries) =>
  Math.max(TREND_MS, TREND_READINGS * 1_000 * Math.max(instance.intervalSeconds, spec.everySeconds ?? 0));

/** Why it cannot be asked, as long as it cannot; of an alert that is over, why it could not then. */
function failureOf({ ledger }: Parts, instanceId: string, detail: Detail): Situation["failure"] {
  const status = ledger.status(instanceId);
  if (detail.open && status.consecutiveErrors > 0 && status.message !== null)
    return { message: status.message, hint: status.hint };
  const run = detail.open ? undefined : detail.before.runs.find((one) => one.instanceId === instanceId);
  return run?.message ? { message: run.message, hint: run.hint } : null;
}

function failingBeside({ instances, ledger }: Parts, instanceId: string): string[] {
  const host = instances.get(instanceId)?.host;
  return instances
    .list()
    .filter((one) => one.host === host && one.id !== instanceId && one.enabled)
    .filter(({ id }) => ledger.status(id).health === "failing")
    .map(({ name }) => name)
    .slice(0, 5);
}
