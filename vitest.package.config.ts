import { defineConfig } from "vitest/config";

/** What a release hands out, installed by npm in an empty folder. `npm test package` makes it first. */
export default defineConfig({
  test: {
    include: ["e2e/package/*.test.ts"],
    // Only against what hangs: npm fetches one library.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // Each goes on from the one before.
    sequence: { shuffle: false },
    bail: 1,
  },
});
