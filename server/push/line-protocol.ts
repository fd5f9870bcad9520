import type { Labels } from "../../plugins/sdk/plugin";
import { MOST_LABELS, MOST_SAMPLES, MOST_TEXT_BYTES, type Push, type PushedSeries, PushFault } from "./pushed";

/** Of what instants are counted in, milliseconds. */
const PRECISIONS: Readonly<Record<string, number>> = {
  ...{ ns: 1e-6, n: 1e-6, us: 1e-3, u: 1e-3, µs: 1e-3, ms: 1, s: 1_000, m: 60_000, h: 3_600_000 },
};
const MOST_REMARKS = 5;

/**
 * Reads InfluxDB's line protocol. A field becomes the metric `measurement_field`, one called `value` the measurement alone. Texts are left
 * out; a line that is none is told of, and the others are kept.
 * @param precision "" for nanoseconds @throws PushFault when nothing of it can be read
 */
export function decodeLines(bytes: Buffer, { precision, now }: { precision: string; now: number }): Push {
  const scale = PRECISIONS[precision === "" ? "ns" : precision];
  if (scale === undefined) throw new PushFault(`The precision ${precision.slice(0, 20)} is none of ns, us, ms and s.`);
  const text = readUtf8(bytes);
  const taken = { series: [] as PushedSeries[], leftOut: 0, invalid: 0, remarks: [] as string[] };
  const count = { samples: 0 };
  for (const line of splitLines(text)) {
    try {
      takeLine(readLine(line), { scale, now, taken, count });
    } catch (error) {
      if (!(error instanceof PushFault) || error instanceof TooMuch) throw error;
      taken.invalid += 1;
      if (taken.remarks.length < MOST_REMARKS)
        taken.remarks.push(`unable to parse '${line.slice(0, 100)}': ${error.message}`);
    }
  }
  return { ...taken, histograms: [], unsupported: 0 };
}

interface Taking {
  readonly scale: number;
  readonly now: number;
  readonly taken: { readonly series: PushedSeries[]; leftOut: number };
  readonly count: { samples: number };
}

function takeLine({ measurement, labels, fields, at }: Line, { scale, now, taken, count }: Taking): void {
  const instant = at === undefined ? now : Math.floor(at * scale);
  for (const { name, value } of fields) {
    if (++count.samples > MOST_SAMPLES) throw new TooMuch(`A request has more than ${MOST_SAMPLES} fields.`);
    if (value === undefined || !Number.isFinite(value)) taken.leftOut += 1;
    else {
      const metric = name === "value" ? measurement : `${measurement}_${name}`;
      taken.series.push({ name: metric, labels, kind: "plain", at: [instant], value: [value] });
    }
  }
}

/** Of the request, not of a line. */
class TooMuch extends PushFault {}

function readUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new PushFault("The body is no UTF-8.");
  }
}

/** Within a quoted text a line may break. */
function* splitLines(text: string): Generator<string> {
  let start = 0;
  let isQuoted = false;
  for (let index = 0; index <= text.length; index += 1) {
    const letter = text[index];
    if (letter === "\\") index += 1;
    else if (letter === '"' && (isQuoted || text[index - 1] === "=")) isQuoted = !isQuoted;
    else if (letter === undefined || (letter === "\n" && !isQuoted)) {
      const line = text.slice(start, index).trim();
      start = index + 1;
      if (line !== "" && !line.startsWith("#")) yield line;
    }
  }
  const rest = text.slice(start).trim();
  if (rest !== "" && !rest.startsWith("#")) yield rest;
}

interface Line {
  readonly measurement: string;
  readonly labels: Labels;
  /** Undefined: a text. */
  readonly fields: readonly { readonly name: string; readonly value: number | undefined }[];
  readonly at: number | undefined;
}

/** `measurement,tag=value field=1,other="text" instant` */
function readLine(line: string): Line {
  const [head = "", body = "", instant, ...more] = splitOutside(line, " ").filter((part) => part !== "");
  if (more.length > 0) throw new PushFault("there is something after the timestamp");
  const [name = "", ...tags] = splitOutside(head, ",");
  const measurement = plainText(name);
  if (measurement === "") throw new PushFault("missing measurement");
  if (tags.length > MOST_LABELS) throw new PushFault(`more than ${MOST_LABELS} tags`);
  const labels: Record<string, string> = {};
  for (const tag of tags) {
    const [key, value] = readPair(tag, "tag");
    labels[plainText(key)] = plainText(value);
  }
  if (body === "") throw new PushFault("missing fields");
  const fields = splitOutside(body, ",").map((field) => {
    const [key, value] = readPair(field, "field");
    return { name: plainText(key), value: readValue(value) };
  });
  return { measurement, labels, fields, at: instant === undefined ? undefined : readInstant(instant) };
}

/** Parts between separators that are neither escaped nor quoted. */
function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let isQuoted = false;
  // Quotes mean something after "=" only: a tag may have one in it.
  for (let index = 0; index < text.length; index += 1) {
    const letter = text[index];
    if (letter === "\\") index += 1;
    else if (letter === '"' && (isQuoted || text[index - 1] === "=")) isQuoted = !isQuoted;
    else if (letter === separator && !isQuoted) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  if (isQuoted) throw new PushFault("unbalanced quotes");
  parts.push(text.slice(start));
  return parts;
}

function readPair(text: string, what: string): [key: string, value: string] {
  const [key = "", ...rest] = splitOutside(text, "=");
  const value = rest.join("=");
  if (key === "" || value === "") throw new PushFault(`missing ${what} ${key === "" ? "key" : "value"}`);
  if (key.length > MOST_TEXT_BYTES || value.length > MOST_TEXT_BYTES) throw new PushFault(`a ${what} is too long`);
  return [key, value];
}

const TRUTHS: Readonly<Record<string, number>> = {
  ...{ t: 1, T: 1, true: 1, True: 1, TRUE: 1, f: 0, F: 0, false: 0, False: 0, FALSE: 0 },
};

function readValue(text: string): number | undefined {
  if (text.startsWith('"')) return undefined;
  if (Object.hasOwn(TRUTHS, text)) return TRUTHS[text];
  const number = /^-?\d+[iu]$/.test(text) ? text.slice(0, -1) : text;
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(number)) throw new PushFault("invalid number");
  return Number(number);
}

function readInstant(text: string): number {
  if (!/^-?\d{1,19}$/.test(text)) throw new PushFault("bad timestamp");
  return Number(text);
}

const plainText = (text: string) => text.replaceAll(/\\([,= \\])/g, "$1");
