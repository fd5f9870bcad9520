import fc from "fast-check";
import { expect, test } from "vitest";
import { Head } from "./head";
import { createHeadMemory, type Room } from "./head-memory";

test("rooms never overlap, whatever is taken and given back", () => {
  const steps = fc.array(fc.record({ samples: fc.integer({ min: 1, max: 2_000 }), drop: fc.nat(9) }), {
    maxLength: 300,
  });
  fc.assert(
    fc.property(steps, (list) => {
      const memory = createHeadMemory();
      const taken: Room[] = [];
      for (const [step, { samples, drop }] of list.entries()) {
        const room = memory.take(samples);
        expect(room.capacity).toBeGreaterThanOrEqual(samples);
        room.slab.memory.fill(step + 1, room.start, room.start + 2 * room.capacity);
        taken.push(room);
        if (drop < 5) {
          const [gone] = taken.splice(drop % taken.length, 1);
          if (gone) memory.give(gone);
        }
      }
      const marks = taken.map(
        ({ slab, start, capacity }) => new Set(slab.memory.subarray(start, start + 2 * capacity)),
      );
      for (const mark of marks) expect(mark.size).toBe(1);
      expect(new Set(marks.flatMap((mark) => [...mark])).size).toBe(taken.length);
    }),
    { numRuns: 50 },
  );
});

test("thousands of heads that grow together and are released leave their memory to the next", () => {
  const memory = createHeadMemory();
  const slabs = new Set<ArrayBufferLike>();
  for (let round = 0; round < 4; round++) {
    const heads = Array.from({ length: 200 }, () => new Head(undefined, memory));
    for (let index = 0; index < 720; index++) for (const head of heads) head.add(index, round);
    for (const head of heads) {
      slabs.add(head.samples().at.buffer);
      expect(head.samples().value).toEqual(new Float64Array(720).fill(round));
      head.release();
      expect(head.count).toBe(0);
    }
  }
  // 45 heads of 720 a slab.
  expect(slabs.size).toBeLessThan(2 * Math.ceil(200 / 45));
});
