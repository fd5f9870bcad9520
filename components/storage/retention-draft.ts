import type { RetentionState } from "@/components/data/outputs";

/** What stands in the form while it is edited. null is an empty field, NaN one that holds no number. */
export interface RetentionDraft {
  readonly rawDays: number | null;
  readonly hourlyDays: number | null;
  readonly dailyDays: number | null;
  readonly alertsDays: number | null;
  readonly runsDays: number | null;
  readonly auditDays: number | null;
  readonly plugins: readonly { readonly plugin: string; readonly days: number | null }[];
  readonly budgetGib: number | null;
}
const FIELDS = ["rawDays", "hourlyDays", "dailyDays", "alertsDays", "runsDays", "auditDays"] as const;
type Field = (typeof FIELDS)[number];
export type DraftErrors = Readonly<Partial<Record<Field, string>>>;
export type ReadDraft =
  | { readonly ok: true; readonly settings: RetentionState }
  /** Without a text of its own, a field's own one says what is wrong. */
  | { readonly ok: false; readonly errors: DraftErrors };

export const MOST_DAYS = 36_500;
const GIB = 1_024 ** 3;

export const draftOf = ({ plugins, budgetBytes, ...days }: RetentionState): RetentionDraft => ({
  rawDays: days.rawDays,
  hourlyDays: days.hourlyDays,
  dailyDays: days.dailyDays,
  alertsDays: days.alertsDays,
  runsDays: days.runsDays,
  auditDays: days.auditDays,
  plugins: Object.entries(plugins).map(([plugin, own]) => ({ plugin, days: own })),
  // Three digits are what people type: 0.5, 2, 12.5.
  budgetGib: budgetBytes === null ? null : Number((budgetBytes / GIB).toPrecision(6)),
});

/** What the draft says, or why it cannot be saved. */
export function readDraft(draft: RetentionDraft): ReadDraft {
  const { rawDays, hourlyDays, dailyDays, alertsDays, runsDays, auditDays, budgetGib } = draft;
  const own = draft.plugins.map(({ days }) => days);
  const missing = "Type a number of days.";
  const errors: Partial<Record<Field, string>> = {};
  for (const field of FIELDS) if (draft[field] === null) errors[field] = missing;
  const budgetBytes = budgetGib === null ? null : Math.round(budgetGib * GIB);
  const fits = budgetBytes === null || (Number.isSafeInteger(budgetBytes) && budgetBytes > 0);
  if (!isDays(rawDays) || !isDays(hourlyDays) || !isDays(dailyDays)) return { ok: false, errors };
  if (!isDays(alertsDays) || !isDays(runsDays) || !isDays(auditDays)) return { ok: false, errors };
  if (!own.every(isDays) || !fits) return { ok: false, errors };
  const longest = Math.max(rawDays, ...own.filter(isDays));
  if (hourlyDays < longest)
    return { ok: false, errors: { hourlyDays: `Not shorter than exact samples: ${longest} days or more.` } };
  if (dailyDays < hourlyDays)
    return { ok: false, errors: { dailyDays: `Not shorter than hourly averages: ${hourlyDays} days or more.` } };
  const plugins = Object.fromEntries(draft.plugins.map(({ plugin, days }) => [plugin, days ?? rawDays]));
  const days = { rawDays, hourlyDays, dailyDays, alertsDays, runsDays, auditDays };
  return { ok: true, settings: { ...days, plugins, budgetBytes } };
}

const isDays = (value: number | null): value is number =>
  value !== null && Number.isInteger(value) && value >= 1 && value <= MOST_DAYS;

/** Whatever order plugins were added in. */
export const sameSettings = (a: RetentionState, b: RetentionState): boolean => keyOf(a) === keyOf(b);
const keyOf = ({ plugins, ...rest }: RetentionState) =>
  JSON.stringify([Object.entries(rest).sort(), Object.entries(plugins).sort()]);
