import { expect, test } from "vitest";
import { run } from "./crash";
import { judge } from "./result";

/** `npm run bench -- crash` kills 20 times. */
const KILLS = process.env.UNITY_CRASH_KILLS ?? "3";

test("a writer killed at any moment leaves a sound database, and loses no more than its flush window", async () => {
  const measured = await run(["--kills", KILLS]);
  expect(judge("crash", measured)).toMatchObject({ met: true, figures: { kills: Number(KILLS), wrong_samples: 0 } });
}, 120_000);
