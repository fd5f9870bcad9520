/** Names that a route's own words may hold in double braces, and what they stand for. Of several alerts, those of the worst. */
export const TEMPLATE_NAMES = {
  rule: "name of the rule",
  summary: "its sentence, filled in",
  severity: "info, warning or critical",
  state: "firing, still firing, comes and goes, resolved",
  instance: "name of the instance",
  host: "its host",
  plugin: "its plugin",
  value: "the value, with its unit",
  limit: "what it was compared with",
  worst: "the furthest value since it fired",
  labels: "labels of the series",
  since: "when it fired, in the route's time zone",
  duration: "for how long it fires or fired",
  count: "alerts in this message",
  firing: "how many of them fire",
  resolved: "how many of them are over",
  others: "alerts of the group that were told before and fire still",
  alerts: "each alert, a line",
} as const;
export type TemplateName = keyof typeof TEMPLATE_NAMES;

const PLACE = /\{\{\s*([\w.-]+)\s*\}\}/g;

/** Fills places in, once: what is filled in is only ever text. A name that is not known stays as it is written. */
export const fillIn = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(PLACE, (place, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? "") : place));
