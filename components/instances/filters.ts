import type { InstanceSummary } from "@/components/data/outputs";
import { compareText } from "@/components/ui/compare-text";
import { STATES, type State, stateOf } from "./state";

/** What a list of instances is narrowed to; "" is no wish. It lives in the URL. */
export interface Filters {
  readonly text: string;
  readonly host: string;
  readonly tag: string;
  readonly category: string;
  readonly state: State | "";
}

export const NO_FILTERS: Filters = { text: "", host: "", tag: "", category: "", state: "" };
/** In the URL the text is `q`, as search engines have it. */
const NAMES = { text: "q", host: "host", tag: "tag", category: "category", state: "state" } as const;
const LONGEST = 200;

export function parseFilters(params: { get(name: string): string | null }): Filters {
  const read = (name: string) => (params.get(name) ?? "").slice(0, LONGEST);
  return {
    text: read(NAMES.text),
    host: read(NAMES.host),
    tag: read(NAMES.tag),
    category: read(NAMES.category),
    state: STATES.find((state) => state === params.get(NAMES.state)) ?? "",
  };
}

/** A URL's parameters with these filters in place of those it had; others stay. */
export function filterParams(filters: Filters, params: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const key of ["text", "host", "tag", "category", "state"] as const) {
    if (filters[key] === "") next.delete(NAMES[key]);
    else next.set(NAMES[key], filters[key]);
  }
  return next;
}

export const isFiltering = (filters: Filters): boolean => Object.values(filters).some((value) => value !== "");

type Filtered = Pick<
  InstanceSummary,
  "name" | "host" | "target" | "plugin" | "pluginName" | "category" | "tags" | "enabled" | "maintenance" | "status"
>;

/** Every word of the text must be somewhere: "post nas" finds PostgreSQL on the NAS. */
export function filterInstances<I extends Filtered>(instances: readonly I[], filters: Filters): readonly I[] {
  if (!isFiltering(filters)) return instances;
  const words = filters.text.toLowerCase().split(/\s+/).filter(Boolean);
  return instances.filter(
    (instance) =>
      (filters.host === "" || instance.host === filters.host) &&
      (filters.tag === "" || instance.tags.includes(filters.tag)) &&
      (filters.category === "" || instance.category === filters.category) &&
      (filters.state === "" || stateOf(instance) === filters.state) &&
      (words.length === 0 || holdsAll(instance, words)),
  );
}

function holdsAll({ name, host, target, plugin, pluginName, tags }: Filtered, words: readonly string[]): boolean {
  const text = [name, host, target, plugin, pluginName, ...tags].join("\n").toLowerCase();
  return words.every((word) => text.includes(word));
}

/** What there is to choose from. A choice that the URL makes stays on offer though nothing has it any more. */
export function filterOptions(instances: readonly Filtered[], chosen: Filters) {
  const sorted = (values: readonly string[], own: string) =>
    [...new Set([...values, ...(own === "" ? [] : [own])])].sort(compareText);
  const there = new Set(instances.map(stateOf));
  return {
    hosts: sorted(
      instances.map(({ host }) => host),
      chosen.host,
    ),
    tags: sorted(
      instances.flatMap(({ tags }) => tags),
      chosen.tag,
    ),
    categories: sorted(
      instances.map(({ category }) => category),
      chosen.category,
    ),
    states: STATES.filter((state) => there.has(state) || state === chosen.state),
  };
}
