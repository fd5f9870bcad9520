import { defineConfig } from "vitest/config";

/** The container on a Docker daemon. `npm test container` finds or starts one. */
export default defineConfig({
  test: {
    include: ["e2e/container/*.test.ts"],
    // Only against what hangs: it is built there, on whatever machine.
    testTimeout: 900_000,
    hookTimeout: 120_000,
    // Each goes on from the one before.
    sequence: { shuffle: false },
    bail: 1,
  },
});
