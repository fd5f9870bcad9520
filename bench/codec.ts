import { decodeBatch, deflateBatch, encodeBatch } from "../server/metrics/chunks/codec/batch";
import { encodeBuckets } from "../server/metrics/chunks/codec/buckets";
import { decodeSamples, encodeSamples } from "../server/metrics/chunks/codec/samples";
import { KINDS, type Line, makeHousehold } from "./load/household";
import { median } from "./measure/percentile";
import type { Measured } from "./result";

const SERIES = 2_000;
const PER_CHUNK = 720; // two hours, every 10 s
const HOURS = 720;
const PER_HOUR = 360;
const ROUNDS = 7;
const START_AT = Date.UTC(2026, 10, 23);
const TARGETS = {
  bytes_per_sample: 1.95,
  encoded_samples_per_s: 10_000_000,
  decoded_samples_per_s: 30_000_000,
  batch_ns_per_sample: 100,
};

/** What a sample costs in a chunk and in a write-ahead batch: bytes by kind of series, and processor time. */
export async function run(): Promise<Measured> {
  const household = makeHousehold(SERIES, PER_CHUNK, START_AT);
  const chunks = household.map(({ at, value }) => encodeSamples(at, value, PER_CHUNK));
  const samples = SERIES * PER_CHUNK;
  const encodeMs = medianMs(() => {
    for (const { at, value } of household) encodeSamples(at, value, PER_CHUNK);
  });
  const decodeMs = medianMs(() => {
    for (const chunk of chunks) decodeSamples(chunk);
  });
  const byKind = Object.fromEntries(
    KINDS.map((kind) => {
      const sizes = chunks.filter((_, index) => household[index]?.kind === kind).map(({ length }) => length);
      return [`${kind}_bytes_per_sample`, sum(sizes) / sizes.length / PER_CHUNK];
    }),
  );
  const figures = {
    bytes_per_sample: sum(chunks.map(({ length }) => length)) / samples,
    ...byKind,
    ...smallChunks(household),
    rollup_bytes_per_hour: hourlyBytes(),
    encoded_samples_per_s: samples / (encodeMs / 1_000),
    decoded_samples_per_s: samples / (decodeMs / 1_000),
    ...(await measureBatch(household)),
  };
  return { figures, targets: TARGETS };
}

function smallChunks(household: readonly Line[]): Record<string, number> {
  return Object.fromEntries(
    [1, 20, 120].map((length) => {
      const sizes = household.map(({ at, value }) => encodeSamples(at, value, length).length);
      return [`bytes_per_chunk_of_${length}`, sum(sizes) / sizes.length];
    }),
  );
}

/** A month of hours: count, sum, minimum, maximum and last of each. */
function hourlyBytes(): number {
  const lines = makeHousehold(40, HOURS * PER_HOUR, START_AT);
  const sizes = lines.map(({ value }) => {
    const column = (figure: (hour: Float64Array) => number) =>
      Float64Array.from({ length: HOURS }, (_, hour) => figure(value.subarray(hour * PER_HOUR, (hour + 1) * PER_HOUR)));
    const buckets = {
      at: Float64Array.from({ length: HOURS }, (_, hour) => START_AT + hour * 3_600_000),
      count: column(({ length }) => length),
      sum: column((hour) => hour.reduce((total, each) => total + each, 0)),
      min: column((hour) => Math.min(...hour)),
      max: column((hour) => Math.max(...hour)),
      last: column((hour) => hour.at(-1) ?? 0),
    };
    return encodeBuckets(buckets).length;
  });
  return sum(sizes) / sizes.length / HOURS;
}

/** What a flush after 20 s would write: two rounds of every series, in the order of time. */
async function measureBatch(household: readonly Line[]): Promise<Record<string, number>> {
  const count = 2 * SERIES;
  const series = Float64Array.from({ length: count }, (_, index) => (index % SERIES) + 1);
  const pick = (column: "at" | "value") =>
    Float64Array.from({ length: count }, (_, index) => {
      return household[index % SERIES]?.[column][Math.floor(index / SERIES)] ?? 0;
    });
  const at = pick("at");
  const value = pick("value");
  const batch = encodeBatch(series, at, value, count);
  const repeats = 100;
  const encodeMs = medianMs(() => {
    for (let index = 0; index < repeats; index++) encodeBatch(series, at, value, count);
  });
  const decodeMs = medianMs(() => {
    for (let index = 0; index < repeats; index++) decodeBatch(batch);
  });
  return {
    batch_bytes_per_sample: batch.length / count,
    batch_deflated_bytes_per_sample: (await deflateBatch(batch)).length / count,
    batch_ns_per_sample: (encodeMs * 1e6) / (repeats * count),
    batch_decode_ns_per_sample: (decodeMs * 1e6) / (repeats * count),
  };
}

/** Processor time, that of the garbage collector included: what else runs on the machine matters less. The first round warms up. */
function medianMs(work: () => void): number {
  const rounds = Array.from({ length: ROUNDS + 1 }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  });
  return median(rounds.slice(1));
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
