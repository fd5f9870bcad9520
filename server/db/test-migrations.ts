import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrationsRoot } from "./test-servers";

type Journal = { entries: { idx: number; when: number; tag: string; version: string; breakpoints: boolean }[] };

/** A copy of a dialect's migrations that a test may change. */
export interface TestMigrations {
  readonly folder: string;
  /** One more, newer than all others. */
  add(statements: readonly string[]): Promise<void>;
  /** Leaves the first so many, as an earlier version knew them. */
  keep(count: number): Promise<void>;
  remove(): Promise<void>;
}

export async function copyMigrations(dialect: "postgres" | "mysql" | "sqlite"): Promise<TestMigrations> {
  const folder = await mkdtemp(join(tmpdir(), "unity-migrations-"));
  await cp(join(migrationsRoot, dialect), folder, { recursive: true });
  const journalFile = join(folder, "meta/_journal.json");
  const change = async (work: (journal: Journal) => void) => {
    const journal: Journal = JSON.parse(await readFile(journalFile, "utf8"));
    work(journal);
    await writeFile(journalFile, JSON.stringify(journal));
  };
  return {
    folder,
    async add(statements) {
      let tag = "";
      await change(({ entries }) => {
        tag = `${entries.length}_test`;
        const when = (entries.at(-1)?.when ?? 0) + 1;
        entries.push({ idx: entries.length, when, tag, version: "7", breakpoints: true });
      });
      await writeFile(join(folder, `${tag}.sql`), statements.join("--> statement-breakpoint\n"));
    },
    keep: (count) => change(({ entries }) => void entries.splice(count)),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
