import type { PluginDetail } from "../data/outputs";
import type { Field } from "../form/fields";
import { asText, asTexts, type Values } from "../form/values";

const OWN_MACHINE = /^(?:localhost|127\.\d+\.\d+\.\d+|::1|\[::1\])(:\d+)?$|^(?:unix:)?\/.*/;
/** Fields that say where a target is, when none is required. */
const PLACES = ["address", "url", "endpoint", "host", "server", "targets"];
/** Of what is told, which has no target. */
const SENDER = "token";

/** A name for an instance that has none yet: where its target is, as typed so far, or this machine. "" while nothing is typed. */
export function suggestName(plugin: PluginDetail, fields: readonly Field[], values: Values): string {
  const place =
    plugin.kind === "host" ? "localhost" : plugin.told ? asText(values[SENDER]).trim() : placeOf(fields, values);
  if (place === "") return "";
  const base = place.replace(OWN_MACHINE, (_, port: string | undefined) => plugin.localHost + (port ?? ""));
  const taken = new Set(plugin.existing.map(({ name }) => name));
  if (!taken.has(base)) return base;
  let count = 2;
  while (taken.has(`${base} ${count}`)) count += 1;
  return `${base} ${count}`;
}

function placeOf(fields: readonly Field[], values: Values): string {
  const isText = ({ kind }: Field) => kind === "text" || kind === "list";
  const field =
    fields.find((one) => one.required && isText(one)) ??
    PLACES.map((key) => fields.find((one) => one.key === key && isText(one))).find(Boolean);
  if (!field) return "";
  const value = values[field.key];
  const text = (field.kind === "list" ? (asTexts(value)[0] ?? "") : asText(value)).trim();
  const place = text === "" && typeof field.fallback === "string" ? field.fallback : text;
  if (OWN_MACHINE.test(place)) return place;
  // The scheme and what follows the host say little in a list.
  return place
    .replace(/^[a-z][a-z0-9+.-]*:\/\/(?=[^/])/i, "")
    .replace(/^[^/@]*@/, "")
    .replace(/(?<=[^/])[/?#].*$/, "")
    .slice(0, 100);
}
