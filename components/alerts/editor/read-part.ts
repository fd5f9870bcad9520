import type { MetricUnits, RulePart } from "@/components/data/outputs";
import { limitUnit, type ValuePart } from "../limit-unit";
import { parseAmount } from "../parse-amount";
import type { PartForm } from "./rule-form";

export type PartProblems = Readonly<Partial<Record<keyof PartForm, string>>>;
interface ReadPart {
  readonly part: RulePart | null;
  readonly problems: PartProblems;
}

const LONGEST_SECONDS = 366 * 86_400;
export const NO_AMOUNT = "This is no amount of this unit.";

/** The condition that a form says, or what is wrong with it, by field. */
export function readPart(form: PartForm, units: MetricUnits): ReadPart {
  if (form.kind === "failing") {
    const runs = Number(form.runs);
    return Number.isInteger(runs) && runs >= 1 && runs <= 1_000
      ? { part: { kind: "failing", runs }, problems: {} }
      : { part: null, problems: { runs: "Type a whole number from 1 to 1000." } };
  }
  const problems: Partial<Record<keyof PartForm, string>> = {};
  if (form.metric === "") problems.metric = "Choose a metric.";
  if (form.where.some(({ label }) => label === "")) problems.where = "Choose a label for each filter, or remove it.";
  const part = form.kind === "absent" ? readAbsent(form, problems) : readValue(form, units, problems);
  return Object.keys(problems).length > 0 ? { part: null, problems } : { part, problems };
}

type Found = Partial<Record<keyof PartForm, string>>;

function readAbsent(form: PartForm, problems: Found): RulePart {
  const { metric, where } = form;
  return { kind: "absent", metric, where: [...where], seconds: readWindow(form, "silent", problems) };
}

function readValue(form: PartForm, units: MetricUnits, problems: Found): RulePart {
  const { metric, where, is, against } = form;
  const unit = limitUnit(form.take, units[metric]);
  const amount = (field: "limit" | "upper" | "clear"): number | undefined => {
    const value = parseAmount(form[field], unit);
    if (value !== null && Number.isNaN(value)) problems[field] = NO_AMOUNT;
    return value ?? undefined;
  };
  const take = readTake(form, problems);
  const limit = against === "metric" && is !== "outside" ? readLimitMetric(form, problems) : amount("limit");
  if (limit === undefined) problems.limit ??= "Type a limit.";
  const isTruth = unit === "bool" && typeof limit === "number" && (is === "above" || is === "below");
  const upper = is === "outside" ? amount("upper") : undefined;
  const clear = typeof limit === "number" && hasEnd(is) ? amount("clear") : undefined;
  const part: ValuePart = {
    kind: "value",
    metric,
    where: [...where],
    take,
    is,
    limit: isTruth ? HALF : (limit ?? 0),
    ...(upper === undefined ? {} : { upper }),
    ...(clear === undefined ? {} : { clear }),
  };
  checkEnds(part, problems);
  return part;
}

/** Nothing is above yes or below no: what is meant lies on either side of this. */
const HALF = 0.5;

/** Of what is equal or not there is no other value where it is over. */
export const hasEnd = (is: ValuePart["is"]) => is === "above" || is === "below" || is === "outside";

function checkEnds({ is, limit, upper, clear }: ValuePart, problems: Found): void {
  if (typeof limit !== "number") return;
  if (is === "outside" && (upper === undefined || upper < limit))
    problems.upper ??= "A band ends above where it begins.";
  if (clear === undefined) return;
  if (is === "above" && clear > limit) problems.clear ??= "It is over below the limit, not above it.";
  if (is === "below" && clear < limit) problems.clear ??= "It is over above the limit, not below it.";
  if (is === "outside" && clear < 0) problems.clear ??= "Type how far inside the band it is over.";
}

function readLimitMetric({ limitMetric, times }: PartForm, problems: Found): ValuePart["limit"] {
  const factor = parseAmount(times, "ratio") ?? 1;
  if (limitMetric === "") problems.limitMetric = "Choose a metric.";
  if (Number.isNaN(factor)) problems.times = "Type a share, such as 90 %.";
  return { metric: limitMetric, times: factor };
}

function readTake(form: PartForm, problems: Found): ValuePart["take"] {
  switch (form.take) {
    case "last":
      return { kind: "last" };
    case "ratio":
    case "score": {
      const days = Number(form.days);
      if (!Number.isInteger(days) || days < 2 || days > 28) problems.days = "Type 2 to 28 days.";
      return { kind: form.take, days };
    }
    default:
      return { kind: form.take, seconds: readWindow(form, "window", problems) };
  }
}

function readWindow(form: PartForm, field: "window" | "silent", problems: Found): number {
  const seconds = Math.round(parseAmount(form[field], "seconds") ?? Number.NaN);
  if (!(seconds >= 1 && seconds <= LONGEST_SECONDS)) problems[field] = "Type a time from a second to a year.";
  return seconds;
}
