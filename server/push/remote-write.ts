import type { Labels } from "../../plugins/sdk/plugin";
import { MOST_LABELS, MOST_SAMPLES, MOST_SERIES, type Push, type PushedSeries, PushFault } from "./pushed";
import type { WireReader } from "./wire-reader";

/** What a request of Prometheus says in its Content-Type. */
export type Message = "prometheus.WriteRequest" | "io.prometheus.write.v2.Request";

/** Metric types of `io.prometheus.write.v2.Metadata`. */
const COUNTER = 1;
const GAUGE = 2;
/** Histograms and summaries, whose counts and sums only grow. */
const OF_PARTS = new Set([3, 5]);
const OTHERS_OF_NO_GROWTH = new Set([4, 6, 7]);

type Kind = PushedSeries["kind"];
interface Taken {
  series: PushedSeries[];
  samples: number;
  leftOut: number;
  nativeHistograms: number;
}

/**
 * Reads a request of remote write 1.0 or 2.0. Exemplars and the metadata of 1.0 are stepped over, native histograms counted and not kept,
 * and what is no number, as the marks that a series ended, is left out.
 * @throws PushFault when it is no such request
 */
export function decodeWrite(reader: WireReader, message: Message): Push {
  const taken: Taken = { series: [], samples: 0, leftOut: 0, nativeHistograms: 0 };
  if (message === "prometheus.WriteRequest") decodeFirst(reader, taken);
  else decodeSecond(reader, taken);
  const { nativeHistograms } = taken;
  return {
    series: taken.series,
    histograms: [],
    leftOut: taken.leftOut,
    unsupported: nativeHistograms,
    invalid: 0,
    remarks: nativeHistograms > 0 ? [`${nativeHistograms} native histograms were not kept.`] : [],
  };
}

/** `prometheus.WriteRequest`: 1 = series, 3 = metadata. */
function decodeFirst(reader: WireReader, taken: Taken): void {
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag !== 0x0a) reader.skip(tag);
    else {
      const outer = reader.enter();
      decodeFirstSeries(reader, taken);
      reader.leave(outer);
    }
  }
}

/** `prometheus.TimeSeries`: 1 = labels, 2 = samples, 3 = exemplars, 4 = histograms. */
function decodeFirstSeries(reader: WireReader, taken: Taken): void {
  const series = openSeries(taken);
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag === 0x0a) {
      const outer = reader.enter();
      series.label(...readLabel(reader));
      reader.leave(outer);
    } else if (tag === 0x12) readSample(reader, series);
    else {
      if (tag === 0x22) taken.nativeHistograms += 1;
      reader.skip(tag);
    }
  }
  series.close("named");
}

function readLabel(reader: WireReader): [name: string, value: string] {
  let [name, value] = ["", ""];
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag === 0x0a) name = reader.text();
    else if (tag === 0x12) value = reader.text();
    else reader.skip(tag);
  }
  return [name, value];
}

/** `Sample` of both: 1 = value, 2 = instant in milliseconds. */
function readSample(reader: WireReader, series: OpenSeries): void {
  const outer = reader.enter();
  let [value, at] = [0, 0];
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag === 0x09) value = reader.double();
    else if (tag === 0x10) at = reader.int64();
    else reader.skip(tag);
  }
  reader.leave(outer);
  series.sample(at, value);
}

/** `io.prometheus.write.v2.Request`: 4 = symbols, 5 = series. Symbols may come after what speaks of them. */
function decodeSecond(reader: WireReader, taken: Taken): void {
  const symbols: string[] = [];
  const later: ((symbols: readonly string[]) => void)[] = [];
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag === 0x22) {
      if (symbols.length >= MOST_SERIES * 4) throw new PushFault(`A request has more than ${MOST_SERIES * 4} symbols.`);
      symbols.push(reader.text());
    } else if (tag === 0x2a) {
      const outer = reader.enter();
      later.push(decodeSecondSeries(reader, taken));
      reader.leave(outer);
    } else reader.skip(tag);
  }
  if (later.length > 0 && symbols[0] !== "") throw new PushFault("The first symbol must be empty.");
  for (const close of later) close(symbols);
}

/** `io.prometheus.write.v2.TimeSeries`: 1 = references to symbols, 2 = samples, 3 = histograms, 4 = exemplars, 5 = metadata. */
function decodeSecondSeries(reader: WireReader, taken: Taken): (symbols: readonly string[]) => void {
  const series = openSeries(taken);
  const references: number[] = [];
  let type = 0;
  const refer = (reference: number) => {
    if (references.length >= 2 * MOST_LABELS) throw tooManyLabels();
    references.push(reference);
  };
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag === 0x0a) {
      const outer = reader.enter();
      while (!reader.isAtEnd()) refer(reader.varint());
      reader.leave(outer);
    } else if (tag === 0x08) refer(reader.varint());
    else if (tag === 0x12) readSample(reader, series);
    else if (tag === 0x2a) type = readType(reader);
    else {
      if (tag === 0x1a) taken.nativeHistograms += 1;
      reader.skip(tag);
    }
  }
  if (references.length % 2 !== 0) throw new PushFault("A series has a label without a value.");
  return (symbols) => {
    const symbol = (reference: number | undefined) => {
      const text = symbols[reference ?? -1];
      if (text === undefined) throw new PushFault(`A label speaks of the symbol ${reference}, which is not there.`);
      return text;
    };
    for (let index = 0; index < references.length; index += 2)
      series.label(symbol(references[index]), symbol(references[index + 1]));
    series.close((name) => kindOf(type, name));
  };
}

/** `Metadata`: 1 = type. */
function readType(reader: WireReader): number {
  const outer = reader.enter();
  let type = 0;
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag === 0x08) type = reader.varint();
    else reader.skip(tag);
  }
  reader.leave(outer);
  return type;
}

function kindOf(type: number, name: string): Kind {
  if (type === COUNTER) return "total";
  if (type === GAUGE) return "gauge";
  // A bucket is told by its name, as in 1.0.
  if (OF_PARTS.has(type)) return /_(count|sum)$/.test(name) ? "total" : "named";
  return OTHERS_OF_NO_GROWTH.has(type) ? "gauge" : "named";
}

interface OpenSeries {
  label(name: string, value: string): void;
  sample(at: number, value: number): void;
  close(kind: Kind | ((name: string) => Kind)): void;
}

function openSeries(taken: Taken): OpenSeries {
  if (taken.series.length >= MOST_SERIES) throw new PushFault(`A request has more than ${MOST_SERIES} series.`);
  const labels: Record<string, string> = {};
  const [at, value]: [number[], number[]] = [[], []];
  let name = "";
  let count = 0;
  return {
    label(key, text) {
      if (++count > MOST_LABELS) throw tooManyLabels();
      if (key === "__name__") name = text;
      else labels[key] = text;
    },
    sample(instant, number) {
      if (++taken.samples > MOST_SAMPLES) throw new PushFault(`A request has more than ${MOST_SAMPLES} samples.`);
      // Also Prometheus' mark that a series ended: a NaN, like any other.
      if (!Number.isFinite(number)) {
        taken.leftOut += 1;
        return;
      }
      at.push(instant);
      value.push(number);
    },
    close(kind) {
      if (at.length === 0) return;
      if (name === "") throw new PushFault("A series has no __name__.");
      const said: Labels = labels;
      taken.series.push({ name, labels: said, kind: typeof kind === "string" ? kind : kind(name), at, value });
    },
  };
}

const tooManyLabels = () => new PushFault(`A series has more than ${MOST_LABELS} labels.`);
