import type { Stores } from "../open-stores";
import { describeSource } from "./describe-source";
import { type Filled, fillTarget } from "./fill-target";
import { type Moving, planMoving, readMoving } from "./moving";
import type { Piece } from "./piece";
import { readSource } from "./read-source";

interface MovingOptions {
  readonly isRunning: boolean;
  readonly runs: boolean;
  readonly merge: boolean;
  /** Of the target, for people. */
  readonly shown: string;
  readonly signal?: AbortSignal | undefined;
  begins?(moving: Moving): void;
  took?(piece: Piece): void;
}

/** From one database into another without a file between. Goes on where it was interrupted, unless the source has changed since. */
export async function moveDatabase(
  source: Pick<Stores, "connection" | "store">,
  target: Pick<Stores, "connection" | "store">,
  { isRunning, runs, merge, shown, signal, begins, took }: MovingOptions,
): Promise<Filled> {
  const now = await describeSource(source, { isRunning, runs });
  const known = (await readMoving(target.connection))?.header;
  const header = known?.fingerprint === now.fingerprint && known.runs === runs ? known : now;
  const moving = await planMoving(target.connection, { header, merge, shown });
  begins?.(moving);
  const pieces = readSource(source, { header, after: moving.position, signal });
  return fillTarget(target, pieces, { moving, signal, ...(took ? { took } : {}) });
}
