import { z } from "zod";
import { CollectError } from "../sdk";

const Answer = z.object({ lines: z.array(z.string()) });

/** What INFO told: `key:value` lines between headings that begin with #. Relatives of Redis leave out much of it. */
export interface Info {
  /** The value, "" when it is not told. */
  text(key: string): string;
  /** Undefined when it is not told, or no number. */
  number(key: string): number | undefined;
  /** Entries whose key the pattern fits, in order: the pattern's first group, and the value's `name=value` pairs. */
  matching(pattern: RegExp): readonly Entry[];
}
export interface Entry {
  readonly key: string;
  text(name: string): string;
  number(name: string): number | undefined;
}

/** @throws CollectError `parse` when it is not what INFO answers */
export function parseInfo(answer: unknown, where: string): Info {
  const parsed = Answer.safeParse(answer);
  const entries = new Map<string, string>();
  for (const line of parsed.success ? parsed.data.lines : []) {
    const colon = line.indexOf(":");
    if (colon > 0 && !line.startsWith("#")) entries.set(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  if (!entries.has("redis_version"))
    throw new CollectError("parse", `${where} answered INFO in an unknown shape: there is no redis_version.`, {
      hint: "Check that it is Redis, Valkey or another server that speaks as they do.",
    });
  return {
    text: (key) => entries.get(key) ?? "",
    number: (key) => toNumber(entries.get(key)),
    matching: (pattern) =>
      [...entries].flatMap(([key, value]): Entry[] => {
        const name = pattern.exec(key)?.[1];
        return name === undefined ? [] : [toEntry(name, value)];
      }),
  };
}

/** @param value "keys=3,expires=1" */
function toEntry(key: string, value: string): Entry {
  const pairs = new Map<string, string>();
  for (const part of value.split(",")) {
    const equals = part.indexOf("=");
    if (equals > 0) pairs.set(part.slice(0, equals), part.slice(equals + 1));
  }
  return { key, text: (name) => pairs.get(name) ?? "", number: (name) => toNumber(pairs.get(name)) };
}

export function toNumber(text: string | undefined): number | undefined {
  if (text === undefined || text.trim() === "") return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}
