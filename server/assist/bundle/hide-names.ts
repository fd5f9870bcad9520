import { isIPv6 } from "node:net";
import { mapTexts } from "../../vault/map-texts";
import { compare } from "../relevance";
import type { Line } from "./line";

/** Labels and fields whose values are addresses of machines. */
const ADDRESS_FIELDS = new Set(["target", "url", "host", "domain", "server", "address", "endpoint", "hostname", "ip"]);
const IPV4 = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g;
/** Looked at again: times and hardware addresses are made of the same signs. */
const IPV6 = /(?<![\w:])[0-9a-f:]*:[0-9a-f:]*:[0-9a-f]{0,4}(?![\w:])/gi;

/**
 * Machines get numbers in place of names and addresses: "host-1", "name-2", "address-3", the same everywhere in one bundle. What people called
 * their instances stays, without the machines' names in it. @param hosts of what is watched
 */
export function createNameHider(lines: readonly Line[], hosts: readonly string[]): (line: Line) => Line {
  const names = new Map<string, string>();
  number(hosts, "host", names);
  number(listNames(lines), "name", names);
  const addresses = new Map<string, string>();
  number(listAddresses(lines), "address", addresses);
  // The longest first: "nas" is within "nas.lab".
  const known = [...names].toSorted(([a], [b]) => b.length - a.length || compare(a, b));
  const pattern =
    known.length === 0
      ? undefined
      : new RegExp(
          `(?<![\\p{L}\\p{N}-])(?:${known.map(([name]) => escapeOf(name)).join("|")})(?![\\p{L}\\p{N}-])`,
          "giu",
        );
  const byLower = new Map(known.map(([name, stand]) => [name.toLowerCase(), stand]));
  const change = (text: string) => {
    if (/^\d{4}-\d\d-\d\dT[\d:]{8}Z$/.test(text)) return text;
    const named = pattern ? text.replace(pattern, (name) => byLower.get(name.toLowerCase()) ?? name) : text;
    return [IPV4, IPV6].reduce((all, one) => all.replace(one, (found) => addresses.get(found) ?? found), named);
  };
  return (line) => ({ ...line, fields: mapTexts(line.fields, undefined, change) });
}

function number(found: Iterable<string>, word: string, into: Map<string, string>): void {
  const known = new Set([...into.keys()].map((name) => name.toLowerCase()));
  const sorted = [...new Set(found)].filter((name) => name !== "" && !known.has(name.toLowerCase())).toSorted(compare);
  for (const [index, name] of sorted.entries()) into.set(name, `${word}-${index + 1}`);
}

/** The machine's part of what stands in fields that are addresses. */
function listNames(lines: readonly Line[]): string[] {
  const names: string[] = [];
  for (const { fields } of lines)
    mapTexts(fields, undefined, (text, path) => {
      if (ADDRESS_FIELDS.has(path.at(-1) ?? "")) names.push(...machineOf(text));
      return text;
    });
  return names;
}

function machineOf(text: string): string[] {
  const machine = text.replace(/^[a-z][a-z0-9+.-]*:\/\//i, "").split(/[/?#\s]/, 1)[0] ?? "";
  const name = machine.replace(/^.*@/, "").replace(/:\d+$/, "");
  return /^[\p{L}\p{N}][\p{L}\p{N}.-]*$/u.test(name) && !new RegExp(`^${IPV4.source}$`).test(name) ? [name] : [];
}

function listAddresses(lines: readonly Line[]): string[] {
  const found: string[] = [];
  for (const { fields } of lines)
    mapTexts(fields, undefined, (text) => {
      if (!/^\d{4}-\d\d-\d\dT[\d:]{8}Z$/.test(text))
        found.push(...(text.match(IPV4) ?? []), ...(text.match(IPV6) ?? []).filter((one) => isIPv6(one)));
      return text;
    });
  return found;
}

const escapeOf = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
