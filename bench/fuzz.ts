import { parseArgs } from "node:util";
import { decodeBatch, deflateBatch, encodeBatch } from "../server/metrics/chunks/codec/batch";
import { decodeBuckets, encodeBuckets } from "../server/metrics/chunks/codec/buckets";
import { CorruptData } from "../server/metrics/chunks/codec/corrupt-data";
import { createDecoder } from "../server/metrics/chunks/codec/decoded";
import { decodeSamples, encodeSamples } from "../server/metrics/chunks/codec/samples";
import { listDamages } from "./load/damage";
import { createRandom, makeHousehold } from "./load/household";
import { startWatchdog } from "./measure/watchdog";
import type { Measured } from "./result";

const DECODERS: readonly ((data: Uint8Array) => object)[] = [decodeSamples, decodeAgain, decodeBuckets, decodeBatch];
const FORMS = [0x11, 0x21, 0x31, 0x41];
const MAX_ENTRIES = 1 << 20;
/** A million of everything takes a tenth of this; beyond it a call counts as hung. */
const LIMIT_MS = 10_000;
const TARGETS = { wrong_outcomes: 0, slowest_cpu_ms: 1_000, largest_call_mb: 80 };

/** `--minutes 10 --seed 1`: damaged bytes into every decoder. Each call decodes to what can be, or throws CorruptData. */
export async function run(args: readonly string[]): Promise<Measured> {
  const { values } = parseArgs({
    args: [...args],
    options: { minutes: { type: "string", default: "1" }, seed: { type: "string", default: String(Date.now()) } },
  });
  const random = createRandom(Number(values.seed));
  const blobs = await makeBlobs();
  const damages = listDamages(random, FORMS);
  const watchdog = startWatchdog(LIMIT_MS);
  const wrong: string[] = [];
  let inputs = 0;
  let decoded = 0;
  let slowestMs = 0;
  let largestCall = 0;
  const endAt = performance.now() + Number(values.minutes) * 60_000;
  for (; performance.now() < endAt && wrong.length < 10; inputs++) {
    const damage = damages[inputs % damages.length];
    const blob = blobs[Math.floor(random() * blobs.length)];
    if (!damage || !blob) continue;
    const input = damage.of(blob);
    for (const decode of DECODERS) {
      watchdog.next(input);
      const before = process.cpuUsage();
      const bytesBefore = process.memoryUsage().arrayBuffers;
      const outcome = judge(decode, input);
      const { user, system } = process.cpuUsage(before);
      slowestMs = Math.max(slowestMs, (user + system) / 1_000);
      // Less than was allocated when the collector came by meanwhile; over so many calls it does not always.
      largestCall = Math.max(largestCall, process.memoryUsage().arrayBuffers - bytesBefore);
      if (outcome === "decoded") decoded++;
      else if (outcome !== "corrupt")
        wrong.push(`${damage.name} into ${decode.name}: ${outcome}: ${Buffer.from(input).toString("hex")}`);
    }
  }
  await watchdog.stop();
  const figures = {
    inputs,
    calls: inputs * DECODERS.length,
    decoded,
    wrong_outcomes: wrong.length,
    slowest_cpu_ms: slowestMs,
    largest_call_mb: largestCall / 1e6,
  };
  return { figures, targets: TARGETS, notes: [`seed ${values.seed}`, ...wrong] };
}

/** As charts are read, in memory that every call uses again. */
function decodeAgain(data: Uint8Array): object {
  const { count, even, at, scaled, power } = again(data);
  const { first = 0, step = 0 } = even ?? {};
  return {
    at: even ? Float64Array.from({ length: count }, (_, index) => first + index * step) : at.slice(0, count),
    value: scaled.slice(0, count).map((value) => value / power),
  };
}
const again = createDecoder();

/** "decoded", "corrupt", or what is wrong. */
function judge(decode: (data: Uint8Array) => object, input: Uint8Array): string {
  try {
    const columns: Record<string, Float64Array> = { ...decode(input) };
    const lengths = new Set(Object.values(columns).map(({ length }) => length));
    const [length = -1] = lengths;
    if (lengths.size !== 1 || length > MAX_ENTRIES) return `columns of ${[...lengths].join(", ")} entries`;
    for (const [name, column] of Object.entries(columns))
      if (column.some(Number.isNaN)) return `${name} has something that is not a number`;
    if (decode !== decodeBatch && columns.at?.some((at, index) => at <= (columns.at?.[index - 1] ?? -1)))
      return "instants out of order";
    return "decoded";
  } catch (error) {
    return error instanceof CorruptData ? "corrupt" : String(error);
  }
}

/** Every layout: chunks, rollups and batches of all kinds of series. */
async function makeBlobs(): Promise<Uint8Array[]> {
  const lines = makeHousehold(40, 150, 1_764_000_000_000);
  const thirds = lines.map(({ kind, at, value }) => ({ kind, at, value: value.map((each) => (each % 16) / 3) }));
  const rare = lines.map(({ kind, at, value }) => ({ kind, at, value: value.map((_, i) => (i % 7) * (i % 3) * 0.5) }));
  const all = [...lines, ...thirds, ...rare];
  const chunks = all.flatMap(({ at, value }) => [1, 3, 150].map((count) => encodeSamples(at, value, count)));
  const rollups = all.map(({ at, value }) =>
    encodeBuckets({ at, count: value.map(() => 360), sum: value, min: value, max: value, last: value }),
  );
  const batches = all.map(({ at, value }) =>
    encodeBatch(
      at.map((_, index) => index % 40),
      at,
      value,
      value.length,
    ),
  );
  return [...chunks, ...rollups, ...batches, ...(await Promise.all(batches.map(deflateBatch)))];
}
