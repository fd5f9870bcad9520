import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { StoreUnavailable } from "../store";
import { type SeriesState, SeriesStates } from "./series-state";
import { startSealing } from "./start-sealing";

const SPAN_MS = 7 * 86_400_000;
const LOOK_EVERY_MS = 15_000;
/** Samples in memory at which more are refused, where series are few. */
const BOUND = 4_000_000;

afterEach(() => vi.useRealTimers());

/** Sealing over heads that share a room for so many samples. What is sealed leaves memory. */
function start(states: SeriesStates, room: number) {
  const sealed: number[] = [];
  const sealing = startSealing({
    states,
    limits: () => ({ samples: Math.floor(room / Math.max(1, states.size)), spanMs: SPAN_MS }),
    // No head's time comes.
    now: () => 0,
    async seal(due) {
      for (const { series, head } of due) {
        sealed.push(series);
        head.release();
      }
    },
    owes: () => false,
  });
  return {
    sealing,
    sealed,
    /** So many samples more of a series. */
    add(state: SeriesState, count: number) {
      for (const first = state.head.count; state.head.count < first + count; ) {
        state.add(state.head.count, 1);
        sealing.grown(state);
      }
    },
  };
}

test("a head is full once it has its share of what all may have, also when others come", async () => {
  const states = new SeriesStates();
  const { sealing, sealed, add } = start(states, 1_000);
  const early = states.begin(1);
  add(early, 600);
  await nextTurn();
  expect(sealed).toEqual([]);
  const late = states.begin(2);
  add(late, 1);
  add(early, 1);
  await nextTurn();
  expect(sealed).toEqual([1]);
  sealing.stop();
});

test("a head that was full before is sealed although nothing comes to it", async () => {
  vi.useFakeTimers();
  const states = new SeriesStates();
  const replayed = states.begin(1);
  for (let at = 0; at < 600; at++) replayed.add(at, 1);
  states.begin(2).add(0, 1);
  const { sealing, sealed } = start(states, 1_000);
  await vi.advanceTimersByTimeAsync(LOOK_EVERY_MS);
  expect(sealed).toEqual([1]);
  sealing.stop();
});

test("whoever is refused because too much is in memory is taken again once it is sealed", async () => {
  const states = new SeriesStates();
  const replayed = states.begin(1);
  for (let at = 0; at <= BOUND; at++) replayed.add(at, 1);
  const { sealing, sealed } = start(states, 1_000);
  expect(() => sealing.requireRoom()).toThrow(StoreUnavailable);
  await sealing.catchUp();
  expect(sealed).toEqual([1]);
  expect(() => sealing.requireRoom()).not.toThrow();
  sealing.stop();
});
