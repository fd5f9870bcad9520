import { expect, test } from "vitest";
import { createYoung } from "./young";

const MINUTE_MS = 60_000;

function setUp() {
  const clock = { now: 0 };
  let batch = 1;
  const young = createYoung({ openBatch: () => batch, now: () => clock.now });
  /** A sample in a batch of its own. Those before are another generation, which may have some in that batch, too. */
  const addLater = (at: number) => {
    clock.now += MINUTE_MS;
    young.add(1, at, at);
    batch++;
  };
  return { clock, young, addLater, instants: () => young.of(1).flatMap(({ at }) => [...at]) };
}

test("samples are kept until the server has shown them for a while", () => {
  const { clock, young, addLater, instants } = setUp();
  addLater(1);
  addLater(2);
  young.confirm(2);
  expect(instants()).toEqual([1, 2]);
  clock.now += MINUTE_MS;
  expect(instants()).toEqual([2]);
  expect(young.count()).toBe(1);
});

test("of a flood, what the server has for sure is let go of, and nothing else", () => {
  const { young, addLater, instants } = setUp();
  for (const at of [1, 2, 3, 4]) addLater(at);
  young.confirm(3);
  expect(young.count()).toBe(4);
  young.dropConfirmed();
  expect(instants()).toEqual([3, 4]);
  expect(young.count()).toBe(2);
});
