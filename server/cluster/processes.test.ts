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
    const chosen = processFor(instance, { processes: three, gone: [] });
    expect(processFor(instance, { processes: [...three].reverse(), gone: [] })).toBe(chosen);
    counts.set(chosen, (counts.get(chosen) ?? 0) + 1);
  }
  expect(counts.size).toBe(3);
  for (const count of counts.values()) expect(count).toBeGreaterThan(850);
});

test("when one goes, only its instances change hands", () => {
  const two = three.slice(0, 2);
  for (const instance of instances) {
    const before = processFor(instance, { processes: three, gone: [] });
    if (before !== three[2]?.id) expect(processFor(instance, { processes: two, gone: [] })).toBe(before);
  }
});

test("what reads a machine is collected there, or by the only process there is, but never in place of another machine", () => {
  const local = { id: "1", host: "b", lane: "host" as const };
  const one = three.slice(0, 1);
  expect(processFor(local, { processes: three, gone: [] })).toBe(three[1]?.id);
  expect(processFor({ ...local, host: "unknown" }, { processes: three, gone: [] })).toBeUndefined();
  // A container has another name after each start.
  expect(processFor({ ...local, host: "unknown" }, { processes: one, gone: [] })).toBe(three[0]?.id);
  expect(processFor(local, { processes: one, gone: ["b"] })).toBeUndefined();
  expect(processFor(local, { processes: [], gone: [] })).toBeUndefined();
});
