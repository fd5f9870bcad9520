import type { Route, RouteInput } from "@/components/data/outputs";

/** A route as it stands in the form. Numbers are as typed: null is empty, NaN no number. */
export interface RouteForm extends Omit<Route, "id" | Numbers | "repeatHours" | "escalate" | "digest"> {
  readonly waitSeconds: number | null;
  readonly criticalWaitSeconds: number | null;
  readonly updateMinutes: number | null;
  /** Hours; empty is never. */
  readonly repeatCritical: number | null;
  readonly repeatWarning: number | null;
  readonly escalate: readonly Step[];
  readonly daily: boolean;
  readonly digestAt: string;
}
type Numbers = "waitSeconds" | "criticalWaitSeconds" | "updateMinutes";
export interface Step {
  readonly afterMinutes: number | null;
  readonly channels: Route["channels"];
}
/** What is wrong, by the place that the server gives it: "match.times.0.from". */
export type RouteProblems = Readonly<Record<string, string>>;

export const MOST = { times: 20, labels: 20, escalate: 5, names: 200 } as const;
export const WAIT_SECONDS = { min: 0, max: 3_600 } as const;
export const UPDATE_MINUTES = { min: 0, max: 1_440 } as const;
export const REPEAT_HOURS = { min: 1, max: 720 } as const;
export const ESCALATE_MINUTES = { min: 1, max: 10_080 } as const;

/** What a new one begins with: what is worst, to everybody, at once. */
export const newRouteForm = (timeZone: string): RouteForm => ({
  name: "",
  enabled: true,
  match: { severity: "critical", plugins: [], hosts: [], tags: [], labels: [], times: [] },
  timeZone,
  channels: "all",
  continue: false,
  group: "host",
  waitSeconds: 30,
  criticalWaitSeconds: 5,
  updateMinutes: 5,
  repeatCritical: 4,
  repeatWarning: 24,
  escalate: [],
  resolved: true,
  daily: false,
  digestAt: "08:00",
  title: "",
  text: "",
});

export function routeFormOf({ id: _, repeatHours, digest, ...route }: Route): RouteForm {
  return {
    ...route,
    repeatCritical: repeatHours.critical,
    repeatWarning: repeatHours.warning,
    daily: digest !== null,
    digestAt: digest?.at ?? "08:00",
  };
}

/** The route that the form says, as far as it says one; and what is wrong with it. @param suggested where no name was typed */
export function readRouteForm(
  form: RouteForm,
  suggested: string,
): { route: RouteInput | null; problems: RouteProblems } {
  const { daily, digestAt, repeatCritical, repeatWarning, waitSeconds, criticalWaitSeconds, updateMinutes, ...rest } =
    form;
  const problems = findProblems(form);
  if (Object.keys(problems).length > 0) return { route: null, problems };
  const route: RouteInput = {
    ...rest,
    name: (form.name.trim() || suggested).slice(0, 191),
    match: { ...form.match, labels: form.match.labels.filter(({ label }) => label.trim() !== "") },
    timeZone: form.timeZone.trim(),
    channels: form.channels === "all" ? "all" : [...form.channels],
    waitSeconds: waitSeconds ?? 0,
    criticalWaitSeconds: criticalWaitSeconds ?? 0,
    updateMinutes: updateMinutes ?? 0,
    repeatHours: { critical: repeatCritical, warning: repeatWarning },
    escalate: form.escalate.map(({ afterMinutes, channels }) => ({ afterMinutes: afterMinutes ?? 1, channels })),
    digest: daily ? { at: digestAt } : null,
  };
  return { route, problems };
}

interface Bounds {
  readonly min: number;
  readonly max: number;
}

function findProblems(form: RouteForm): Record<string, string> {
  const problems: Record<string, string> = form.daily
    ? form.digestAt === ""
      ? { "digest.at": NO_TIME }
      : {}
    : promptProblems(form);
  for (const [index, { label, value }] of form.match.labels.entries())
    if (label.trim() === "" && value !== "") problems[`match.labels.${index}.label`] = "Name the label.";
  for (const [index, { from, to }] of form.match.times.entries())
    if (from === "" || to === "") problems[`match.times.${index}.${from === "" ? "from" : "to"}`] = NO_TIME;
  if (isNobody(form.channels) && (form.daily || form.escalate.length === 0))
    problems.channels = "Choose a channel, or every one of them.";
  return problems;
}

const NO_TIME = "Type a time of day.";
const isNobody = (channels: Route["channels"]) => channels !== "all" && channels.length === 0;

/** Of what is told at once. */
function promptProblems(form: RouteForm): Record<string, string> {
  const problems: Record<string, string> = {};
  const need = (place: string, value: number | null, { min, max }: Bounds) => {
    // NaN is in no range.
    if (value === null || !(value >= min && value <= max)) problems[place] = `Type ${min} to ${max}.`;
  };
  need("waitSeconds", form.waitSeconds, WAIT_SECONDS);
  need("criticalWaitSeconds", form.criticalWaitSeconds, WAIT_SECONDS);
  need("updateMinutes", form.updateMinutes, UPDATE_MINUTES);
  if (form.repeatCritical !== null) need("repeatHours.critical", form.repeatCritical, REPEAT_HOURS);
  if (form.repeatWarning !== null) need("repeatHours.warning", form.repeatWarning, REPEAT_HOURS);
  for (const [index, { afterMinutes, channels }] of form.escalate.entries()) {
    need(`escalate.${index}.afterMinutes`, afterMinutes, ESCALATE_MINUTES);
    if (isNobody(channels)) problems[`escalate.${index}.channels`] = "Choose whom else to tell.";
  }
  return problems;
}

/** As a route for its sentence, also while a number is half typed. */
export function shownRoute(form: RouteForm): Omit<Route, "id" | "name"> {
  const number = (value: number | null) => (value !== null && Number.isFinite(value) ? value : 0);
  return {
    ...form,
    match: { ...form.match, labels: form.match.labels.filter(({ label }) => label.trim() !== "") },
    waitSeconds: number(form.waitSeconds),
    criticalWaitSeconds: number(form.criticalWaitSeconds),
    updateMinutes: number(form.updateMinutes),
    repeatHours: {
      critical: form.repeatCritical && number(form.repeatCritical) > 0 ? form.repeatCritical : null,
      warning: form.repeatWarning && number(form.repeatWarning) > 0 ? form.repeatWarning : null,
    },
    escalate: form.escalate.map((step) => ({ ...step, afterMinutes: number(step.afterMinutes) })),
    digest: form.daily ? { at: form.digestAt } : null,
  };
}
