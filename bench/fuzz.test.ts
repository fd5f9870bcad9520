import { expect, test } from "vitest";
import { run } from "./fuzz";
import { judge } from "./result";

test("damaged bytes decode to what can be, or are called corrupt", async () => {
  const measured = await run(["--minutes", "0.05", "--seed", "20261125"]);
  expect(judge("fuzz", measured), measured.notes?.join("\n")).toMatchObject({ met: true });
}, 60_000);
