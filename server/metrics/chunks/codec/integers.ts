import { planBlocks, readBlocks, writeBlocks } from "./blocks";
import type { ByteReader } from "./byte-reader";
import type { ByteWriter } from "./byte-writer";
import { CorruptData } from "./corrupt-data";
import { readDeflated, tryDeflate, writeDeflated } from "./deflated";
import { takeScratch } from "./scratch";
import { findStep } from "./step";
import { findUsual, readZeroRuns, writeZeroRuns, zeroRunsGuess, zeroRunsSize } from "./zero-runs";
import { fromZigzag, toZigzag } from "./zigzag";

/**
 * A column of whole numbers: the first, the step all differences are multiples of, and the rest in the shortest layout.
 * A layout's number is stored: never change one, add another.
 */
const CONSTANT = 0;
const STEPS_IN_RUNS = 1;
const STEPS_IN_BLOCKS = 2;
const OFFSETS_IN_BLOCKS = 3;
const STEPS_DEFLATED = 4;
/** Added to the layout when a common step other than 1 follows. */
const WITH_STEP = 8;

/** Numbers below this keep differences, and differences of those, exact. */
export const INTEGER_LIMIT = 2 ** 50;

/** A column this regular is as short as it gets: no other layout is tried. */
const REGULAR_BYTES = 12;
const REGULAR_SHARE = 1 / 32;
/** A guess this much too large is looked at closely. */
const DOUBT = 1.2;

/**
 * @param values whole numbers, |value| < `INTEGER_LIMIT`, no -0, at least one
 * @param tag 0 to 15, given back by `peekTag`: shares its byte with the layout
 */
export function writeIntegers(writer: ByteWriter, values: Float64Array, tag: number, deflate: boolean): void {
  const steps = stepsOf(values);
  const start = (layout: number) => {
    writer.byte(tag | (layout << 4));
    writer.varint(toZigzag(values[0] ?? 0));
  };
  if (!steps) {
    start(CONSTANT);
    return;
  }
  const usual = findUsual(steps);
  if (usual !== undefined) {
    const size = zeroRunsSize(steps, usual);
    if (size <= REGULAR_BYTES + steps.length * REGULAR_SHARE) {
      start(STEPS_IN_RUNS);
      writeZeroRuns(writer, steps, usual, size);
      return;
    }
  }
  const common = findStep(steps);
  if (common === 1) {
    writeShortest(writer, steps, usual, start, deflate);
    return;
  }
  for (let index = 0; index < steps.length; index++) steps[index] = (steps[index] ?? 0) / common;
  const startWithStep = (layout: number) => {
    start(layout | WITH_STEP);
    writer.varint(common);
  };
  writeShortest(writer, steps, usual === undefined ? undefined : usual / common, startWithStep, deflate);
}

/** From each number to the next; undefined when all are the same. */
function stepsOf(values: Float64Array): Float64Array | undefined {
  const steps = takeScratch(values.length - 1);
  let moves = false;
  let previous = values[0] ?? 0;
  for (let index = 0; index < steps.length; index++) {
    const value = values[index + 1] ?? 0;
    steps[index] = value - previous;
    if (value !== previous) moves = true;
    previous = value;
  }
  return moves ? steps : undefined;
}

function writeShortest(
  writer: ByteWriter,
  steps: Float64Array,
  usual: number | undefined,
  start: (layout: number) => void,
  deflate: boolean,
): void {
  const offsets = takeScratch(steps.length);
  addSteps(offsets, steps);
  const stepPlan = planBlocks(steps);
  const offsetPlan = planBlocks(offsets);
  const blocksSize = Math.min(stepPlan.size, offsetPlan.size);
  // Among steps of very different size runs may win without a usual one.
  const runsMayWin = usual !== undefined || zeroRunsGuess(steps) < blocksSize * DOUBT;
  const runsSize = runsMayWin ? zeroRunsSize(steps, usual ?? 0) : Number.POSITIVE_INFINITY;
  const best = Math.min(runsSize, blocksSize);
  const deflated = deflate ? tryDeflate(steps, best) : undefined;
  if (deflated) {
    start(STEPS_DEFLATED);
    writeDeflated(writer, deflated);
  } else if (best === runsSize) {
    start(STEPS_IN_RUNS);
    writeZeroRuns(writer, steps, usual ?? 0, runsSize);
  } else if (best === stepPlan.size) {
    start(STEPS_IN_BLOCKS);
    writeBlocks(writer, steps, stepPlan);
  } else {
    start(OFFSETS_IN_BLOCKS);
    writeBlocks(writer, offsets, offsetPlan);
  }
}

/** The tag of the column that begins here, which stays to be read. @throws CorruptData */
export function peekTag(reader: ByteReader): number {
  const tag = reader.byte() & 15;
  reader.position--;
  return tag;
}

/** Number `i` is `first + i * step`. */
export interface Even {
  readonly first: number;
  readonly step: number;
}

/**
 * The column that begins here, when it is one of evenly spaced instants; else undefined, and it stays to be read.
 * @throws CorruptData when they are no instants
 */
export function readEven(reader: ByteReader, count: number): Even | undefined {
  const start = reader.position;
  if (count < 2 || reader.byte() !== STEPS_IN_RUNS << 4) {
    reader.position = start;
    return undefined;
  }
  const first = fromZigzag(reader.varint());
  const step = fromZigzag(reader.varint());
  if (reader.varint() !== 0 || reader.varint() !== count - 2) {
    reader.position = start;
    return undefined;
  }
  if (first < 0 || step <= 0 || !Number.isSafeInteger(first + step * (count - 1)))
    throw new CorruptData(`Stored data has instants from ${first} on, ${step} apart.`);
  return { first, step };
}

/** Fills `values`, of which there is at least one. @throws CorruptData */
export function readIntegers(reader: ByteReader, values: Float64Array): void {
  const layout = reader.byte() >> 4;
  const first = fromZigzag(reader.varint());
  const common = layout & WITH_STEP ? reader.varint() : 1;
  const rest = values.subarray(1);
  values[0] = first;
  switch (layout & ~WITH_STEP) {
    case CONSTANT:
      rest.fill(first);
      return;
    case STEPS_IN_RUNS:
      readZeroRuns(reader, rest);
      break;
    case STEPS_IN_BLOCKS:
      readBlocks(reader, rest);
      break;
    case OFFSETS_IN_BLOCKS:
      readBlocks(reader, rest);
      for (let index = 0; index < rest.length; index++) rest[index] = first + (rest[index] ?? 0) * common;
      return;
    case STEPS_DEFLATED:
      readDeflated(reader, rest);
      break;
    default:
      throw new CorruptData(`Stored data has a column of layout ${layout}, which this version of Unity does not know.`);
  }
  addSteps(rest, rest, first, common);
}

/** Where each step leads to, from `first`. Both may be the same array. */
function addSteps(into: Float64Array, steps: Float64Array, first = 0, common = 1): void {
  let sum = first;
  for (let index = 0; index < steps.length; index++) {
    sum += (steps[index] ?? 0) * common;
    into[index] = sum;
  }
}
