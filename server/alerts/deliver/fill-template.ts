import type { Message } from "../shapes/message";

const PLACES = ["title", "text", "severity", "state", "kind", "id", "groupKey", "url"] as const;
type Place = (typeof PLACES)[number];
const isPlace = (name: string): name is Place => PLACES.some((place) => place === name);

/** Between braces, with or without spaces. */
const PLACE = /\{\{\s*(\w+)\s*\}\}/g;

/** Puts a message's words into a body, so that they stay words: inside JSON they end no string, inside a form no field. */
export function fillTemplate(template: string, message: Message, format: string): string {
  const write = escapeFor(format);
  return template.replace(PLACE, (written, name: string) => {
    if (name === "json")
      return format === "application/x-www-form-urlencoded" ? write(JSON.stringify(message)) : JSON.stringify(message);
    return isPlace(name) ? write(message[name] ?? "") : written;
  });
}

/** @returns what is wrong with a body, for whoever wrote it; undefined when nothing is */
export function findTemplateProblem(template: string, format: string): string | undefined {
  for (const [, name = ""] of template.matchAll(PLACE)) {
    if (name !== "json" && !isPlace(name))
      return `There is no {{${name}}}. There are ${[...PLACES, "json"].map((place) => `{{${place}}}`).join(", ")}.`;
  }
  if (format !== "application/json" || template.trim() === "") return undefined;
  try {
    JSON.parse(fillTemplate(template, SAMPLE, format));
    return undefined;
  } catch {
    return 'With its places filled in this is not JSON. Texts stand in quotes: {"text": "{{title}}"}.';
  }
}

function escapeFor(format: string): (text: string) => string {
  if (format === "application/json") return (text) => JSON.stringify(text).slice(1, -1);
  if (format === "application/x-www-form-urlencoded") return encodeURIComponent;
  return (text) => text;
}

/** What a body is tried with. */
const SAMPLE: Message = {
  id: "id",
  groupKey: "group",
  kind: "test",
  title: "A title",
  text: "A text",
  severity: "info",
  state: "firing",
  alerts: [],
  more: 0,
  url: null,
  actions: [],
};
