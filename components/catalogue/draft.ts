import type { InstanceDetail, PluginDetail } from "../data/outputs";
import type { Field } from "../form/fields";
import { findProblems } from "../form/problems";
import { configOf, type Values, valuesOf } from "../form/values";

/** An instance as it stands in the form. Numbers are what is typed: null is empty, NaN no number. */
export interface Draft {
  readonly name: string;
  readonly values: Values;
  readonly host: string;
  readonly intervalSeconds: number | null;
  readonly timeoutSeconds: number | null;
  /** Separated by commas. */
  readonly tags: string;
  readonly enabled: boolean;
}

const LONGEST_INTERVAL_SECONDS = 7 * 86_400;
export const TIMEOUT_SECONDS = { min: 0.5, max: 120 } as const;
const MAX_TAGS = 20;
const MAX_TAG_LENGTH = 60;

/** An instance that is there, or as much of a new one as is known. */
export type Beginning = Pick<InstanceDetail, "name" | "config"> &
  Partial<Pick<InstanceDetail, "host" | "intervalSeconds" | "timeoutMs" | "tags" | "enabled">>;

/** The form of a new instance, or of one that is there. */
export function draftOf(plugin: PluginDetail, fields: readonly Field[], from?: Beginning): Draft {
  const {
    host = plugin.localHost,
    intervalSeconds = plugin.intervalSeconds,
    timeoutMs = plugin.timeoutMs,
  } = from ?? {};
  return {
    name: from?.name ?? "",
    values: valuesOf(fields, from?.config ?? {}),
    host: host === plugin.localHost ? "" : host,
    intervalSeconds: intervalSeconds === plugin.intervalSeconds ? null : intervalSeconds,
    timeoutSeconds: timeoutMs === plugin.timeoutMs ? null : timeoutMs / 1_000,
    tags: from?.tags?.join(", ") ?? "",
    enabled: from?.enabled ?? true,
  };
}

/** What the server is asked to check, try or save. @param suggested the name when none is typed */
export function inputOf(plugin: PluginDetail, fields: readonly Field[], draft: Draft, suggested: string) {
  return {
    plugin: plugin.id,
    name: draft.name.trim() || suggested || plugin.name,
    host: draft.host.trim() || plugin.localHost,
    config: configOf(fields, draft.values),
    enabled: draft.enabled,
    intervalSeconds: draft.intervalSeconds ?? plugin.intervalSeconds,
    timeoutMs: draft.timeoutSeconds === null ? plugin.timeoutMs : Math.round(draft.timeoutSeconds * 1_000),
    tags: tagsOf(draft.tags),
  };
}

const tagsOf = (text: string): string[] => [
  ...new Set(
    text
      .split(",")
      .map((tag) => tag.trim())
      .filter(Boolean),
  ),
];

/** Everything that is wrong and can be told here, by the server's names of the fields. */
export function problemsOf(plugin: PluginDetail, fields: readonly Field[], draft: Draft): Record<string, string> {
  const { minIntervalSeconds: least } = plugin;
  const problems = findProblems(fields, draft.values);
  const { intervalSeconds, timeoutSeconds } = draft;
  if (intervalSeconds !== null && !isWithin(intervalSeconds, least, LONGEST_INTERVAL_SECONDS, true))
    problems.intervalSeconds = `Type whole seconds, ${least} or more, at most 7 days.`;
  if (timeoutSeconds !== null && !isWithin(timeoutSeconds, TIMEOUT_SECONDS.min, TIMEOUT_SECONDS.max, false))
    problems.timeoutMs = `Type ${TIMEOUT_SECONDS.min} to ${TIMEOUT_SECONDS.max} seconds.`;
  const tags = tagsOf(draft.tags);
  if (tags.length > MAX_TAGS) problems.tags = `${MAX_TAGS} tags are enough.`;
  else if (tags.some((tag) => tag.length > MAX_TAG_LENGTH))
    problems.tags = `A tag has at most ${MAX_TAG_LENGTH} characters.`;
  return problems;
}

const isWithin = (value: number, min: number, max: number, whole: boolean) =>
  Number.isFinite(value) && value >= min && value <= max && (!whole || Number.isInteger(value));
