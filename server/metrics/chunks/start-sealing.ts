import { StoreUnavailable } from "../store";
import type { ChunkLimits } from "./chunk-row";
import type { SeriesState } from "./series-state";

/** A head lives this long at most; series take turns, so that there is never much to do at once. */
const HEAD_MS = 2 * 3_600_000;
/** Late samples keep every batch since them: they are sealed soon. */
const LATE_MS = 60_000;
const LOOK_EVERY_MS = 15_000;
/** After a failure: the database is asked again by flushes meanwhile. */
const RETRY_MS = 5_000;

/** While sealing is behind, heads may have so many times what makes them full, all together: 16 bytes a sample. */
const MOST_FILLED = 1.25;
const LEAST_BOUND = 4_000_000;

interface Sealing {
  /** A head got a sample. */
  grown(state: SeriesState): void;
  /** @throws StoreUnavailable when there are too many samples in memory */
  requireRoom(): void;
  /** Waits for heads that are full, when there are too many of them. */
  catchUp(): Promise<void>;
  stop(): void;
}

/** Decides when heads become chunks: when they are full, when their time has come, and soon when they are late. */
export function startSealing({
  states,
  limits,
  now,
  seal,
  owes,
}: {
  states: ReadonlyMap<number, SeriesState>;
  limits: () => ChunkLimits;
  now: () => number;
  seal: (due: SeriesState[]) => Promise<void>;
  /** There is something to be done that comes with sealing, also when nothing is due. */
  owes: () => boolean;
}): Sealing {
  const full = new Set<SeriesState>();
  let running: Promise<void> | undefined;
  let stopped = false;
  let notBefore = 0;

  let unsealed = 0;
  let [most, mostOf] = [limits().samples, states.size];

  /** What makes a head full: less with each series that comes. */
  function mostSamples(): number {
    if (mostOf !== states.size) [most, mostOf] = [limits().samples, states.size];
    return most;
  }

  function count(): void {
    unsealed = 0;
    for (const state of states.values()) unsealed += state.unsealed();
  }

  async function sealNow(): Promise<void> {
    const at = now();
    full.clear();
    // Also what no sample makes full any more: it was before a restart or a failure, or before there were so many series.
    const isFull = ({ head }: SeriesState) => head.count >= mostSamples();
    const due = [...states.values()].filter((state) => isFull(state) || isDue(state, at));
    try {
      if (due.length > 0 || owes()) await seal(due);
      count();
    } catch {
      // The database is away: heads stay in memory, and are found again. The flush tells that it fails.
      notBefore = performance.now() + RETRY_MS;
    }
  }

  function sealDue(): void {
    if (running || stopped || performance.now() < notBefore) return;
    running = sealNow().finally(() => {
      running = undefined;
      if (full.size > 0) setImmediate(sealDue);
    });
  }

  const isBehind = () => unsealed > Math.max(LEAST_BOUND, MOST_FILLED * mostSamples() * states.size);
  count();

  const timer = setInterval(sealDue, LOOK_EVERY_MS);
  // Sealing alone keeps no process alive: what is not sealed is in batches.
  timer.unref();

  return {
    grown(state) {
      unsealed++;
      if (state.head.count < mostSamples()) return;
      if (full.size === 0) setImmediate(sealDue);
      full.add(state);
    },
    requireRoom() {
      if (!isBehind()) return;
      sealDue();
      throw new StoreUnavailable(`Samples come in faster than the database takes them; ${unsealed} are in memory.`);
    },
    async catchUp() {
      if (isBehind()) await running;
    },
    stop() {
      stopped = true;
      clearInterval(timer);
    },
  };
}

function isDue(state: SeriesState, now: number): boolean {
  // What was left from a failure is tried again.
  if (state.sealing) return true;
  if (state.head.count === 0) return false;
  if (now - state.head.since >= LATE_MS && state.head.firstAt() <= state.sealed.lastAt) return true;
  const offset = offsetOf(state.series);
  return Math.floor((now - offset) / HEAD_MS) > Math.floor((state.head.since - offset) / HEAD_MS);
}

/** Spread evenly, whatever the numbers are. */
const offsetOf = (series: number) => ((Math.imul(series, 2_654_435_761) >>> 0) / 2 ** 32) * HEAD_MS;
