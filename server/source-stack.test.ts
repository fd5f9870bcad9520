import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterAll, expect, test } from "vitest";
import { sourceStack } from "./source-stack";

const folder = mkdtempSync(join(tmpdir(), "unity-stack-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a place in a bundle is told as its source has it", async () => {
  writeFileSync(
    join(folder, "inner.ts"),
    "// one line\nexport function fail(): never {\n  throw new Error('broken');\n}\n",
  );
  writeFileSync(
    join(folder, "outer.ts"),
    "import { fail } from './inner';\ntry {\n  fail();\n} catch (error) {\n  console.log((error as Error).stack);\n}\n",
  );
  const outfile = join(folder, "main.js");
  await build({
    entryPoints: [join(folder, "outer.ts")],
    bundle: true,
    format: "esm",
    minifyWhitespace: true,
    sourcemap: true,
    sourcesContent: false,
    outfile,
    platform: "node",
  });
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  const stack = execFileSync(process.execPath, [outfile], { encoding: "utf8" });
  expect(stack).toContain(`${pathToFileURL(outfile)}:`);
  const told = sourceStack(stack, pathToFileURL(folder).href);
  expect(told).toMatch(/^Error: broken\n {4}at fail \(.*inner\.ts:3:9\)\n {4}at .*outer\.ts:3:3\b/);
  expect(told).not.toContain("main.js");
  // A file elsewhere is not read.
  expect(sourceStack(stack)).toBe(stack);
});

test("what has no map stays as it is", () => {
  for (const stack of [
    "Error: x\n    at file:///nowhere/at/all.js:1:2",
    "Error: x\n    at node:internal/x:3:4",
    "",
    "file:///%E0.js:1:1",
  ])
    expect(sourceStack(stack, "file:///")).toBe(stack);
});
