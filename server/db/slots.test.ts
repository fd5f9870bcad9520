import { expect, test } from "vitest";
import { createSlots } from "./slots";

const never = new AbortController().signal;

test("places are given in the order they were asked for", async () => {
  const slots = createSlots(["a"]);
  const first = await slots.take(never);
  const seen: string[] = [];
  const others = [1, 2].map(async (who) => {
    const place = await slots.take(never);
    seen.push(`${who} in ${place}`);
    slots.give(place);
  });
  slots.give(first);
  await Promise.all(others);
  expect(seen).toEqual(["1 in a", "2 in a"]);
});

test("who goes away is passed over, and heard of", async () => {
  const slots = createSlots(["a"]);
  const place = await slots.take(never);
  const gone = new AbortController();
  const waiting = slots.take(gone.signal);
  const next = slots.take(never);
  gone.abort(new Error("gone"));
  await expect(waiting).rejects.toThrow("gone");
  slots.give(place);
  expect(await next).toBe("a");
});

test("it is told when nobody is in", async () => {
  const slots = createSlots(["a", "b"]);
  await slots.allFree();
  const place = await slots.take(never);
  let free = false;
  const told = slots.allFree().then(() => {
    free = true;
  });
  await Promise.resolve();
  expect(free).toBe(false);
  slots.give(place);
  await told;
});
