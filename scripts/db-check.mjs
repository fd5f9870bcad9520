/** `npm run db:check`: whether every dialect's migrations lead to the schema. */
import { listConfigs } from "./db/drizzle-configs.mjs";
import { findDrift } from "./db/find-drift.mjs";
import { runMain, Stop } from "./tasks/progress.mjs";

await runMain(async () => {
  const names = await listConfigs();
  let failed = 0;
  for (const name of names) {
    const findings = await findDrift(name);
    process.stdout.write(`${findings.length === 0 ? "✓" : "✗"} ${name}\n`);
    for (const line of findings) process.stdout.write(`    ${line}\n`);
    if (findings.length > 0) failed++;
  }
  if (failed > 0)
    throw new Stop(
      `${failed} of ${names.length} folders of migrations are not in step. npm run db:generate writes what is missing.`,
    );
  process.stdout.write(`All ${names.length} folders of migrations lead to the schema.\n`);
});
