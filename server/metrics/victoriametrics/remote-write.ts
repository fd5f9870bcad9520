import { compress } from "snappyjs";
import type { SampleBatch } from "../store";

/** Sorted by name, `__name__` among them, as the specification wants it. */
export type Labels = readonly (readonly [name: string, value: string])[];

/** What goes with every request of Prometheus remote write 1.0. */
export const HEADERS = {
  "content-type": "application/x-protobuf",
  "content-encoding": "snappy",
  "x-prometheus-remote-write-version": "0.1.0",
} as const;

/** Field numbers and wire types of prometheus/prompb: the first byte of each field. */
const WRITE_REQUEST_SERIES = 0x0a;
const SERIES_LABEL = 0x0a;
const SERIES_SAMPLE = 0x12;
const LABEL_NAME = 0x0a;
const LABEL_VALUE = 0x12;
const SAMPLE_VALUE = 0x09;
const SAMPLE_AT = 0x10;

/**
 * Makes the bodies of remote write requests: `WriteRequest` of prometheus/prompb, compressed by snappy. Of protobuf it speaks just the
 * three messages of that request; a library would bring a hundred times as much.
 * @param labelsOf is asked once for each series
 */
export function createRequestWriter(labelsOf: (series: number) => Labels): (batch: SampleBatch) => Uint8Array {
  const known = new Map<number, Uint8Array>();
  const encodedLabels = (series: number): Uint8Array => {
    const found = known.get(series);
    if (found) return found;
    const made = encodeLabels(labelsOf(series));
    known.set(series, made);
    return made;
  };
  return (batch) => compress(encodeRequest(batch, encodedLabels));
}

/** Each series once, with its samples in the order in which they are in the batch. */
function encodeRequest({ series, at, value }: SampleBatch, encodedLabels: (series: number) => Uint8Array): Uint8Array {
  const samplesOf = new Map<number, number[]>();
  series.forEach((id, index) => {
    const indexes = samplesOf.get(id);
    if (indexes) indexes.push(index);
    else samplesOf.set(id, [index]);
  });
  const parts = [...samplesOf].map(([id, indexes]) => {
    const labels = encodedLabels(id);
    const samples = indexes.reduce((bytes, index) => bytes + fieldBytes(sampleBytes(at[index] ?? 0)), 0);
    return { labels, indexes, bytes: labels.length + samples };
  });
  const out = new Output(parts.reduce((total, { bytes }) => total + fieldBytes(bytes), 0));
  for (const { labels, indexes, bytes } of parts) {
    out.begin(WRITE_REQUEST_SERIES, bytes);
    out.bytes(labels);
    for (const index of indexes) {
      const instant = at[index] ?? 0;
      out.begin(SERIES_SAMPLE, sampleBytes(instant));
      out.byte(SAMPLE_VALUE);
      out.double(value[index] ?? 0);
      out.byte(SAMPLE_AT);
      out.varint(instant);
    }
  }
  return out.done();
}

function encodeLabels(labels: Labels): Uint8Array {
  const parts = labels.map(([name, value]) => ({ name: Buffer.from(name), value: Buffer.from(value) }));
  const bytesOf = (part: { name: Buffer; value: Buffer }) =>
    fieldBytes(part.name.length) + fieldBytes(part.value.length);
  const out = new Output(parts.reduce((total, part) => total + fieldBytes(bytesOf(part)), 0));
  for (const part of parts) {
    out.begin(SERIES_LABEL, bytesOf(part));
    out.begin(LABEL_NAME, part.name.length);
    out.bytes(part.name);
    out.begin(LABEL_VALUE, part.value.length);
    out.bytes(part.value);
  }
  return out.done();
}

/** A field of so many bytes, with the byte and the length before it. */
const fieldBytes = (length: number) => 1 + varintBytes(length) + length;
const sampleBytes = (at: number) => 1 + 8 + 1 + varintBytes(at);

/** Seven bits a byte. @param value a whole number from 0 to 2^53 */
function varintBytes(value: number): number {
  let bytes = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes++;
  return bytes;
}

/** Protobuf into a buffer whose length is known before. */
class Output {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #position = 0;

  constructor(bytes: number) {
    this.#bytes = new Uint8Array(bytes);
    this.#view = new DataView(this.#bytes.buffer);
  }

  byte(value: number): void {
    this.#bytes[this.#position++] = value;
  }

  varint(value: number): void {
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.#bytes[this.#position++] = (rest % 0x80) | 0x80;
    this.#bytes[this.#position++] = rest;
  }

  double(value: number): void {
    this.#view.setFloat64(this.#position, value, true);
    this.#position += 8;
  }

  bytes(value: Uint8Array): void {
    this.#bytes.set(value, this.#position);
    this.#position += value.length;
  }

  begin(field: number, length: number): void {
    this.byte(field);
    this.varint(length);
  }

  /** @throws Error when what was counted before is not what was written */
  done(): Uint8Array {
    if (this.#position !== this.#bytes.length)
      throw new Error(`${this.#position} bytes were written and ${this.#bytes.length} counted.`);
    return this.#bytes;
  }
}
