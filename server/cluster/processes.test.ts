import { expect, test } from "vitest";
import { processFor } from "./processes";

const three = ["a", "b", "c"].map((name) => ({ id: `01999999-0000-7000-8000-00000000000${name}`, host: name }));
const instances = Array.from({ length: 3_000 }, (_, index) => ({
  id: `01999999-0000-7000-8000-${String(index).padStart(12, "0")}`,
  host: "a",
  lane: "network" as const,
}));

test("processes share evenly, in whatever order they are known", () => {
  const counts = new Map<string | undefined, number>();
  for (const instance of instances) {
    const chosen = processFor(instance, three);
    expect(processFor(instance, [...three].reverse())).toBe(chosen);
    counts.set(chosen, (counts.get(chosen) ?? 0) + 1);
  }
  expect(counts.size).toBe(3);
  for (const count of counts.values()) expect(count).toBeGreaterThan(850);
});

test("when one goes, only its instances change hands", () => {
  const two = three.slice(0, 2);
  for (const instance of instances) {
    const before = processFor(instance, three);
    if (before !== three[2]?.id) expect(processFor(instance, two)).toBe(before);
  }
});

test("what reads a machine is collected there, or by the only one there is", () => {
  const local = { id: "1", host: "b", lane: "host" as const };
  expect(processFor(local, three)).toBe(three[1]?.id);
  expect(processFor({ ...local, host: "gone" }, three)).toBeUndefined();
  expect(processFor({ ...local, host: "gone" }, three.slice(0, 1))).toBe(three[0]?.id);
  expect(processFor(local, [])).toBeUndefined();
});
