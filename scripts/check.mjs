/** `npm run check [name...]`: style, types, layers, dead code, long files, lock file. */
import { runChecks } from "./check/run-checks.mjs";
import { runMain, Stop } from "./tasks/progress.mjs";

await runMain(async () => {
  const results = await runChecks(process.argv.slice(2));
  const failed = results.filter(({ ok }) => !ok);
  if (failed.length > 0)
    throw new Stop(
      `${failed.length} of ${results.length} checks failed: ${failed.map(({ name }) => name).join(", ")}.`,
    );
  process.stdout.write(`All ${results.length} checks are fine.\n`);
});
