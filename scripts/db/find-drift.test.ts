import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { listConfigs, migrationsFolder } from "./drizzle-configs.mjs";
import { findDrift } from "./find-drift.mjs";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "unity-drift-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function change(file: string, work: (text: string) => string): Promise<void> {
  const path = join(folder, file);
  await writeFile(path, work(await readFile(path, "utf8")));
}
/** What the newest migration leads to. */
async function newestSnapshot(): Promise<string> {
  const names = (await readdir(join(folder, "meta"))).filter((name) => name.endsWith("_snapshot.json"));
  return `meta/${names.sort().at(-1)}`;
}
const copyOf = (name: string) => cp(migrationsFolder(name), folder, { recursive: true });

test("there is a folder for every dialect, and all lead to the schema", { timeout: 60_000 }, async () => {
  const names: string[] = await listConfigs();
  expect(names).toEqual(["mysql", "postgres", "sqlite", "sqlite-samples"]);
  for (const name of names) expect([name, await findDrift(name)]).toEqual([name, []]);
});

test.each(["sqlite-samples", "postgres", "mysql"])("a table that no migration makes is found: %s", async (name) => {
  await copyOf(name);
  await change(await newestSnapshot(), (text) => {
    const snapshot = JSON.parse(text);
    const key = Object.keys(snapshot.tables).find((table) => table.endsWith("plugin_metrics_state")) ?? "";
    delete snapshot.tables[key];
    return JSON.stringify(snapshot);
  });
  const findings = await findDrift(name, { folder });
  expect(findings.join("\n")).toMatch(/CREATE TABLE .plugin_metrics_state/);
});

test("what may be a new name for something is found, too", async () => {
  await copyOf("postgres");
  await change(await newestSnapshot(), (text) => text.replaceAll("plugin_metrics_state", "plugin_metrics_old"));
  expect(await findDrift("postgres", { folder })).toEqual([expect.stringContaining("renamed")]);
});

test("a migration that is lost, doubled or out of order is found", async () => {
  await copyOf("sqlite");
  await change("meta/_journal.json", (text) =>
    text.replace("0001_samples_as_chunks", "0001_other").replace(/"idx": 1/, '"idx": 5'),
  );
  expect(await findDrift("sqlite", { folder })).toEqual([
    "0001_other.sql is in the journal, and not there.",
    "0001_samples_as_chunks.sql is there, and not in the journal.",
    "0001_other has number 5 in the journal, in place 1.",
  ]);
});
