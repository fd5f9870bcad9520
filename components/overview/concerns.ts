import { failureTitle } from "@/components/catalogue/failure-words";
import { evaluateFigure, type FigureValue } from "@/components/data/figures";
import type { FigureWithSpark, Overview, OverviewInstance } from "@/components/data/outputs";
import { formatText } from "@/components/format";
import { stateOf } from "@/components/instances/state";
import { titleOf } from "@/components/instances/titles";
import { humanName, labelText } from "@/components/names";
import { beyondSince } from "./beyond";

/** One thing that is wrong, and why. */
export interface Point {
  readonly tone: "bad" | "warn" | "info";
  readonly what: string;
  readonly why: string | null;
  /** What to do. */
  readonly hint: string | null;
}

/** One row of "Needs attention": all that is wrong with one instance, the worst first, since when, and where to look. */
export interface Concern {
  readonly key: string;
  /** Where it leads; to its instance where it does not say. */
  readonly href?: string;
  readonly tone: "bad" | "warn" | "info";
  readonly instanceId: string;
  readonly title: string;
  readonly about: string;
  readonly points: readonly Point[];
  readonly since: number | null;
  /** It is wrong for longer than that. */
  readonly longer: boolean;
  /** When it will happen, where it has not yet. */
  readonly dueAt: number | null;
}

export type Samples = ReadonlyMap<number, { readonly at: number; readonly value: number }>;

export const samplesOf = ({ latest }: Pick<Overview, "latest">): Samples =>
  new Map(latest.map((sample) => [sample.series, sample]));

/** What needs attention, the worst first, then what began last; what is only about to happen comes at the end. Pure. */
export function findConcerns(overview: Overview, samples: Samples): Concern[] {
  const labels = new Map(overview.lines.map((line) => [line.series, labelText(line.labels)]));
  const context = { now: overview.at, samples, labels };
  const instances = overview.instances.filter(({ enabled, maintenance }) => enabled && maintenance === null);
  const told = new Set<number>();
  const found = instances.flatMap((instance) => {
    const state = stateOf(instance);
    const wrong = state === "failing" || state === "degraded" ? [healthConcern(instance, state)] : [];
    // What a failing instance last measured is no news beside its failure.
    if (state === "failing") return wrong;
    const figures = instance.figures.flatMap((figure) => {
      if (figure.warn !== null || figure.bad !== null) for (const id of figure.series) told.add(id);
      return figureConcern(figure, { key: instance.id, ...instance, ...titleOf(instance) }, context);
    });
    return merged([...wrong, ...figures]);
  });
  return [...found, ...hostConcerns(overview, told, context), ...aboutToHappen(overview)].sort(byUrgency);
}

function byUrgency(a: Concern, b: Concern): number {
  const rank = ({ dueAt, tone }: Concern) => (dueAt !== null ? 2 : tone === "bad" ? 0 : 1);
  return rank(a) - rank(b) || (a.dueAt ?? 0) - (b.dueAt ?? 0) || (b.since ?? 0) - (a.since ?? 0);
}

/** What is wrong with one instance as one row; it is as old as the worst of it. */
function merged(concerns: readonly Concern[]): Concern[] {
  const [worst, ...others] = concerns.toSorted(byUrgency);
  return worst ? [{ ...worst, points: [worst, ...others].flatMap(({ points }) => points) }] : [];
}

function healthConcern(instance: OverviewInstance, state: "failing" | "degraded"): Concern {
  const { status } = instance;
  const tone = state === "failing" ? "bad" : "warn";
  return {
    key: instance.id,
    tone,
    instanceId: instance.id,
    ...titleOf(instance),
    points: [{ tone, what: failureTitle(status.reason ?? ""), why: status.message, hint: status.hint }],
    since: status.since,
    longer: false,
    dueAt: null,
  };
}

interface Owner {
  readonly key: string;
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly intervalSeconds: number;
}
interface Context {
  readonly now: number;
  readonly samples: Samples;
  readonly labels: ReadonlyMap<number, string>;
}

function figureConcern(figure: FigureWithSpark, owner: Owner, context: Context): Concern[] {
  const reading = evaluateFigure(figure, context.samples, context.now);
  const limit = reading.tone === "bad" ? figure.bad : reading.tone === "warn" ? figure.warn : null;
  if (limit === null || (reading.tone !== "bad" && reading.tone !== "warn")) return [];
  // Measured from the milder limit on: it did not become wrong when it became worse.
  const began = beyondSince(figure, figure.warn ?? limit, { ...context, ...owner });
  if (!began) return [];
  const why = [linesBeyond(figure, limit, reading, context), limitText(figure, limit, reading.tone)];
  const what = `${figure.title}: ${formatText(reading.value, figure.unit)}`;
  return [
    {
      key: `${owner.key}:${figure.title}`,
      tone: reading.tone,
      instanceId: owner.id,
      title: owner.title,
      about: owner.about,
      points: [{ tone: reading.tone, what, why: why.filter(Boolean).join(" · "), hint: null }],
      ...began,
      dueAt: null,
    },
  ];
}

function limitText({ unit, lowIsBad }: FigureWithSpark, limit: number, tone: "bad" | "warn"): string {
  const word = tone === "bad" ? "Critical" : "Warns";
  const value = formatText(limit, unit);
  return lowIsBad ? `${word} at ${value} or less` : `${word} from ${value} on`;
}

/** Which of the lines behind a figure it is: "/var, and 2 more". "" where they count together, or have no names. */
function linesBeyond(
  figure: FigureWithSpark,
  limit: number,
  { at }: FigureValue,
  { samples, labels }: Context,
): string {
  if (figure.combine !== "max" && figure.combine !== "min") return "";
  const beyond = figure.series.flatMap((id) => {
    const sample = samples.get(id);
    const name = labels.get(id);
    const fresh = sample && (at ?? 0) - sample.at <= figure.staleAfterMs;
    return fresh && name && (figure.lowIsBad ? sample.value <= limit : sample.value >= limit)
      ? [{ name, value: sample.value }]
      : [];
  });
  beyond.sort((a, b) => (figure.lowIsBad ? a.value - b.value : b.value - a.value));
  const [worst] = beyond;
  if (!worst) return "";
  return beyond.length > 1 ? `${worst.name}, and ${beyond.length - 1} more` : worst.name;
}

/** Vitals of hosts that no card speaks of: a card shows two figures, a host row six. */
function hostConcerns({ hosts }: Overview, told: ReadonlySet<number>, context: Context): Concern[] {
  return hosts.flatMap(({ host, instanceId, vitals }) =>
    merged(
      vitals
        .filter(({ figure }) => !figure.series.some((id) => told.has(id)))
        .flatMap(({ figure }) =>
          figureConcern(
            figure,
            { key: `host:${host}`, id: instanceId, title: host, about: "Host", intervalSeconds: 0 },
            context,
          ),
        ),
    ),
  );
}

/** At their present pace. */
function aboutToHappen({ outlook, instances }: Overview): Concern[] {
  return outlook.flatMap(({ instanceId, series, metric, unit, labels, comparison, threshold, at }) => {
    const instance = instances.find(({ id }) => id === instanceId);
    if (!instance) return [];
    const gone = comparison === "below" && threshold <= 1;
    const what = `${humanName(metric, instance.plugin)} ${gone ? "runs out" : `reaches ${formatText(threshold, unit)}`}`;
    const why = [labelText(labels), "If it goes on like this"].filter(Boolean).join(" · ");
    return [
      {
        key: `${instanceId}:${series}`,
        tone: "warn",
        instanceId,
        ...titleOf(instance),
        points: [{ tone: "warn", what, why, hint: null }],
        since: null,
        longer: false,
        dueAt: at,
      },
    ];
  });
}
