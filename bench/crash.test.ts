import { expect, test } from "vitest";
import { run } from "./crash";
import { judge } from "./result";

/** One of each phase; `npm run bench -- crash` kills 200 times, on every database. */
const KILLS = process.env.UNITY_CRASH_KILLS ?? "5";

test("a writer killed at any moment leaves a sound database, and loses no more than its flush window", async () => {
  const measured = await run(["--kills", KILLS, "--engine", "sqlite"]);
  expect(judge("crash", measured)).toMatchObject({ met: true, figures: { kills: Number(KILLS), wrong_samples: 0 } });
}, 300_000);
