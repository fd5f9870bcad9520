import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { pause } from "../measure/pause";

/** From a database that is opened to one that is taken along, in milliseconds, on a busy machine. */
const MIGRATION_MS = 400;

/** Lets a process open the database of an earlier version, and kills it while it takes that along. */
export async function killMigration(url: string): Promise<void> {
  const opener = spawn(process.execPath, ["--import", "tsx", join(import.meta.dirname, "opener.ts"), url], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const closed = once(opener, "close");
  await Promise.race([once(opener.stdout, "data"), closed]);
  if (opener.exitCode !== null) throw new Error("The process that was to open the database ended.");
  await pause(Math.random() * MIGRATION_MS);
  opener.kill("SIGKILL");
  await closed;
}
