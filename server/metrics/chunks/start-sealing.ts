import type { ChunkLimits } from "./chunk-row";
import type { SeriesState } from "./series-state";

/** A head lives this long at most; series take turns, so that there is never much to do at once. */
const HEAD_MS = 2 * 3_600_000;
/** Late samples keep every batch since them: they are sealed soon. */
const LATE_MS = 60_000;
const LOOK_EVERY_MS = 15_000;
/** After a failure: the database is asked again by flushes meanwhile. */
const RETRY_MS = 5_000;

interface Sealing {
  /** A head got a sample. */
  grown(state: SeriesState): void;
  stop(): void;
}

/** Decides when heads become chunks: when they are full, when their time has come, and soon when they are late. */
export function startSealing({
  states,
  limits,
  now,
  seal,
}: {
  states: ReadonlyMap<number, SeriesState>;
  limits: () => ChunkLimits;
  now: () => number;
  seal: (due: SeriesState[]) => Promise<void>;
}): Sealing {
  const full = new Set<SeriesState>();
  let running = false;
  let stopped = false;
  let most = limits().samples;
  let notBefore = 0;

  async function sealDue(): Promise<void> {
    if (running || stopped || performance.now() < notBefore) return;
    running = true;
    try {
      most = limits().samples;
      const at = now();
      const due = new Set(full);
      full.clear();
      for (const state of states.values()) if (isDue(state, at)) due.add(state);
      if (due.size > 0) await seal([...due]);
    } catch {
      // The database is away: heads stay in memory, and are found again. The flush tells that it fails.
      notBefore = performance.now() + RETRY_MS;
    } finally {
      running = false;
      if (full.size > 0) setImmediate(() => void sealDue());
    }
  }
  const timer = setInterval(() => void sealDue(), LOOK_EVERY_MS);
  // Sealing alone keeps no process alive: what is not sealed is in batches.
  timer.unref();

  return {
    grown(state) {
      if (state.head.count < most) return;
      if (full.size === 0) setImmediate(() => void sealDue());
      full.add(state);
    },
    stop() {
      stopped = true;
      clearInterval(timer);
    },
  };
}

function isDue(state: SeriesState, now: number): boolean {
  if (state.head.count === 0 || state.sealing) return false;
  if (now - state.headSince >= LATE_MS && state.head.firstAt() <= state.sealed.lastAt) return true;
  const offset = offsetOf(state.series);
  return Math.floor((now - offset) / HEAD_MS) > Math.floor((state.headSince - offset) / HEAD_MS);
}

/** Spread evenly, whatever the numbers are. */
const offsetOf = (series: number) => ((Math.imul(series, 2_654_435_761) >>> 0) / 2 ** 32) * HEAD_MS;
