import { expect, test } from "vitest";
import { run } from "./crash";

/** `npm run bench -- crash` kills 20 times. */
const KILLS = process.env.UNITY_CRASH_KILLS ?? "5";

test("a writer killed at any moment leaves a sound database, and loses no more than the last second", async () => {
  const { figures, targets } = await run(["--kills", KILLS]);
  expect(figures).toMatchObject({ ...targets, kills: Number(KILLS) });
}, 120_000);
