import type { SqlEngine } from "../../db/sql-engine";
import type { SeriesUsage } from "../store";
import type { SeriesState } from "./series-state";
import { CHUNK_TABLES } from "./tables";

/** The embedded database walks its file to tell, a second for every few gigabytes: once a minute is enough for people. */
const SIZES_FOR_MS = 60_000;

/** Bytes on disk of each table. What was told within the last minute is told again. */
export function createSizes(engine: SqlEngine): () => Promise<{ name: string; bytes: number }[]> {
  let told: Promise<number[]> | undefined;
  let toldAt = 0;
  return async () => {
    if (!told || performance.now() - toldAt > SIZES_FOR_MS) {
      toldAt = performance.now();
      const asking = engine.sizes(CHUNK_TABLES);
      told = asking;
      asking.catch(() => {
        if (told === asking) told = undefined;
      });
    }
    const sizes = await told;
    return CHUNK_TABLES.map((name, index) => ({ name, bytes: sizes[index] ?? 0 }));
  };
}

/** What every series comes to, from memory. */
export function usageOf(states: ReadonlyMap<number, SeriesState>): SeriesUsage[] {
  const usage: SeriesUsage[] = [];
  for (const state of states.values()) {
    const { series, sealed } = state;
    const samples = sealed.samples + state.unsealed();
    if (samples === 0) continue;
    const newest = Math.max(sealed.lastAt, ...state.heads().map((head) => head.lastAt()));
    usage.push({
      series,
      samples,
      stored: { samples: sealed.samples, bytes: sealed.bytes },
      firstAt: Math.min(sealed.firstAt, state.firstUnsealedAt()),
      lastAt: newest,
    });
  }
  return usage;
}

export function countSamples(states: ReadonlyMap<number, SeriesState>): { samples: number; oldestAt: number | null } {
  let samples = 0;
  let oldest = Number.POSITIVE_INFINITY;
  for (const state of states.values()) {
    samples += state.sealed.samples + state.unsealed();
    oldest = Math.min(oldest, state.sealed.firstAt, state.firstUnsealedAt());
  }
  return { samples, oldestAt: Number.isFinite(oldest) ? oldest : null };
}
