/** `npm run db:generate [name]`: writes what the schema has and no migration makes yet, for every dialect. */
import { spawnSync } from "node:child_process";
import { configFile, drizzleKit, listConfigs } from "./db/drizzle-configs.mjs";
import { runMain, Stop } from "./tasks/progress.mjs";
import { root } from "./tasks/root.mjs";

await runMain(async () => {
  const [name] = process.argv.slice(2);
  for (const config of await listConfigs()) {
    const args = [drizzleKit, "generate", "--config", configFile(config), ...(name ? ["--name", name] : [])];
    // In the terminal, because it asks whether something was renamed.
    const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
    if (status !== 0) throw new Stop(`drizzle-kit could not generate for ${config}; the reason is above.`);
  }
  process.stdout.write("\nRead what was written: docs/adr/0004-three-dialects.md has what is changed by hand.\n");
});
