import { parseSamples, type Sample } from "../sdk";

/** Types of the text format 0.0.4 and of OpenMetrics 1.0. */
export type Type = "counter" | "gauge" | "histogram" | "summary" | "info" | "other";

export interface Family {
  readonly name: string;
  readonly type: Type;
  readonly help: string;
}

/** A value with the family that it belongs to. */
export interface Line extends Sample {
  readonly family: Family;
  /** Of a histogram or summary: which part of it. */
  readonly part: "bucket" | "count" | "sum" | "value";
}

const COMMENT = /^#\s+(TYPE|HELP)\s+([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\s+(.*))?$/;
/** The longer ones first. */
const PARTS = ["bucket", "count", "sum"] as const;
/** So many lines are looked at before others get their turn: some three milliseconds. */
export const LINES_AT_ONCE = 1_000;
export const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * Reads a page, in pieces: it may have a hundred thousand lines. What says when something was created is left out, and so is what is no
 * finite number.
 *
 * @param where for people
 * @throws CollectError `parse` at the first line that is none
 */
export async function readPage(body: string, where: string): Promise<readonly Line[]> {
  const families = new Map<string, Family>();
  const read: Line[] = [];
  const rows = body.split("\n");
  for (let start = 0; start < rows.length; start += LINES_AT_ONCE) {
    const piece = rows.slice(start, start + LINES_AT_ONCE);
    for (const row of piece) if (row.startsWith("#")) noteComment(row, families);
    for (const sample of parseSamples(piece.join("\n"), where)) {
      const line = placeLine(sample, families);
      if (line) read.push(line);
    }
    await nextTurn();
  }
  return read;
}

function noteComment(row: string, families: Map<string, Family>): void {
  const [, kind, name, text = ""] = COMMENT.exec(row.trimEnd()) ?? [];
  if (name === undefined) return;
  const known = families.get(name) ?? { name, type: "other", help: "" };
  families.set(name, kind === "TYPE" ? { ...known, type: typeOf(text) } : { ...known, help: plainText(text) });
}

function typeOf(text: string): Type {
  const type = text.trim();
  if (type === "counter" || type === "gauge" || type === "histogram" || type === "summary" || type === "info")
    return type;
  return "other";
}

/** Undefined for what is no value of its own. */
function placeLine(sample: Sample, families: Map<string, Family>): Line | undefined {
  const { name } = sample;
  const own = families.get(name);
  // Of a histogram and a summary, what has their own name: quantiles.
  if (own && own.type !== "other") return { ...sample, family: own, part: "value" };
  for (const part of PARTS) {
    const family = name.endsWith(`_${part}`) ? families.get(name.slice(0, -part.length - 1)) : undefined;
    if (family?.type === "histogram" || (family?.type === "summary" && part !== "bucket"))
      return { ...sample, family, part };
  }
  const created = name.endsWith("_created") ? families.get(name.slice(0, -"_created".length)) : undefined;
  if (created && created.type !== "gauge" && created.type !== "other") return undefined;
  // OpenMetrics names these families without what ends the names of their samples.
  for (const [end, type] of [
    ["_total", "counter"],
    ["_info", "info"],
  ] as const) {
    const family = name.endsWith(end) ? families.get(name.slice(0, -end.length)) : undefined;
    if (family?.type === type) return { ...sample, family, part: "value" };
  }
  // Nobody said what it is; by convention only counters are called so.
  const type: Type = name.endsWith("_total") ? "counter" : "other";
  const family = own?.type === type ? own : { name, help: "", ...own, type };
  families.set(name, family);
  return { ...sample, family, part: "value" };
}

const plainText = (text: string) => text.replace(/\\([\\n"])/g, (_, letter: string) => (letter === "n" ? " " : letter));
