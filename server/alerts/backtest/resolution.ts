import type { RuleDraft, ValuePart } from "../shapes/rule";

/** A stretch of the past, and how finely it is looked at: every sample (0), or buckets of so many milliseconds. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly stepMs: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const STEPS = [0, MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS];

/** The coarsest steps at which a rule still means what it says. What counts samples wants every one of them. */
export function coarsestStep({ parts }: Pick<RuleDraft, "parts">, isRate: (metric: string) => boolean): number {
  const steps = parts.map((part) => {
    if (part.kind !== "value") return HOUR_MS;
    const { take, metric } = part;
    if (take.kind === "sum" || take.kind === "changes") return 0;
    if (take.kind === "increase") return isRate(metric) ? HOUR_MS : 0;
    // A line wants points: its window is at least an hour, or a quarter of the time that it is drawn ahead.
    if (take.kind === "forecast") return Math.max(HOUR_MS, take.seconds * 250) / 16;
    if (take.kind === "rate") return take.seconds * 500;
    return HOUR_MS;
  });
  return STEPS.findLast((step) => step <= Math.min(...steps)) ?? 0;
}

/**
 * How finely a time is looked at, so that it is no more than so many values; where even the coarsest is more, its newest part.
 * @param values how many there are in so many milliseconds, at a step
 * @param rawFrom only hours are left of what lies before
 */
export function chooseStretches(
  { from, to }: { from: number; to: number },
  about: { values(stepMs: number, ms: number): number; rawFrom: number; coarsest: number; most: number },
): Stretch[] {
  const { values, coarsest, most } = about;
  const rawFrom = Math.min(to, Math.max(from, about.rawFrom));
  const start = coarsest < HOUR_MS ? rawFrom : from;
  const older = start < rawFrom ? [{ from: start, to: rawFrom, stepMs: HOUR_MS }] : [];
  const room = most - values(HOUR_MS, rawFrom - start);
  const stepMs = STEPS.find((step) => step <= coarsest && values(step, to - rawFrom) <= room);
  if (stepMs === undefined) {
    const ms = Math.min(to - start, most / values(coarsest, 1));
    return [{ from: to - Math.floor(ms), to, stepMs: coarsest }];
  }
  if (stepMs === HOUR_MS) return [{ from: start, to, stepMs }];
  return [...older, { from: rawFrom, to, stepMs }];
}

interface Bucket {
  readonly avg: number;
  readonly min: number;
  readonly max: number;
}

/**
 * The one number that stands for a bucket. Of what fires at once it is the furthest out, so that no spike is averaged away; of what has
 * to hold for a while, the average.
 */
export function valueOfBucket(rule: RuleDraft, metric: string, stepMs: number): (bucket: Bucket) => number {
  const part = rule.parts.find((one): one is ValuePart => one.kind === "value" && one.metric === metric);
  if (!part) return ({ avg }) => avg;
  const { take } = part;
  if (take.kind === "max") return ({ max }) => max;
  if (take.kind === "min") return ({ min }) => min;
  if (take.kind === "increase") {
    const share = Math.min(1, (take.seconds * 1_000) / stepMs);
    return ({ avg }) => avg * share;
  }
  if (take.kind !== "last") return ({ avg }) => avg;
  return extremeOf(part, rule.forSeconds > 0);
}

function extremeOf({ is, limit, upper }: ValuePart, mustLast: boolean): (bucket: Bucket) => number {
  const wanted = typeof limit === "number" ? limit : Number.NaN;
  // Of what is equal or not, an average says nothing.
  if (is === "equal" || is === "unequal") {
    const seeks = (is === "equal") !== mustLast;
    return ({ min, max }) => (seeks ? (max === wanted ? max : min) : min === wanted ? max : min);
  }
  if (mustLast) return ({ avg }) => avg;
  if (is === "above") return ({ max }) => max;
  if (is === "below") return ({ min }) => min;
  return ({ min, max }) => (wanted - min > max - (upper ?? wanted) ? min : max);
}

/** A bucket has lasted for its step already when it is over. */
export function ruleInSteps<T extends RuleDraft>(rule: T, stepMs: number): T {
  const less = (seconds: number) => Math.max(0, seconds - stepMs / 1_000);
  return { ...rule, forSeconds: less(rule.forSeconds), keepFiringSeconds: less(rule.keepFiringSeconds) };
}
