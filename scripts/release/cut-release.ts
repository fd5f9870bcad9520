import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readChangelog } from "./changelog";
import { hashMigrations } from "./migrations";

const VERSION = /^\d+\.\d+\.\d+$/;
const UNRELEASED = "## Unreleased";

export class NotReady extends Error {
  override name = "NotReady";
}

interface Versioned {
  version: string;
}

/**
 * Makes what is unreleased a version: its name in package.json, the lock file and CHANGELOG.md, and in docs/released what later versions
 * are measured against: the API's document and the migrations. Commits nothing.
 * @param root the repository @param options.date as YYYY-MM-DD
 * @throws NotReady saying what is missing
 */
export async function cutRelease(root: string, { version, date }: { version: string; date: string }): Promise<void> {
  if (!VERSION.test(version)) throw new NotReady("Say which version, as 1.2.3.");
  const changelog = await readFile(join(root, "CHANGELOG.md"), "utf8");
  const { versions } = readChangelog(changelog);
  const [next, last] = versions;
  if (next?.name !== "Unreleased") throw new NotReady("CHANGELOG.md has nothing that is unreleased.");
  if (!next.sections.includes("Upgrading"))
    throw new NotReady("CHANGELOG.md does not say what to do before and after updating: its section Upgrading.");
  if (last && !isNewer(version, last.name)) throw new NotReady(`${version} is not newer than ${last.name}.`);
  if (last && next.sections.includes("Breaking") && !isNextMajor(version, last.name))
    throw new NotReady(
      `What breaks clients wants a new major version (before 1.0.0, a new minor one) after ${last.name}.`,
    );
  await writeFile(join(root, "CHANGELOG.md"), changelog.replace(UNRELEASED, `## ${version} (${date})`));
  await setVersion(join(root, "package.json"), version);
  await setVersion(join(root, "package-lock.json"), version);
  const released = join(root, "docs", "released");
  await mkdir(released, { recursive: true });
  await copyFile(join(root, "docs", "openapi.json"), join(released, "openapi.json"));
  const migrations = await hashMigrations(join(root, "drizzle", "migrations"));
  await writeFile(join(released, "migrations.json"), `${JSON.stringify({ version, migrations }, null, 2)}\n`);
}

async function setVersion(file: string, version: string): Promise<void> {
  const content = JSON.parse(await readFile(file, "utf8")) as Versioned & { packages?: Record<string, Versioned> };
  content.version = version;
  const own = content.packages?.[""];
  if (own) own.version = version;
  await writeFile(file, `${JSON.stringify(content, null, 2)}\n`);
}

const numbers = (version: string) => version.split(".").map(Number);
const compare = (version: string, than: string, places: number): number => {
  const [one, other] = [numbers(version), numbers(than)];
  const at = one.findIndex((number, place) => place < places && number !== other[place]);
  return at === -1 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
};
const isNewer = (version: string, than: string) => compare(version, than, 3) > 0;
const isNextMajor = (version: string, than: string) => compare(version, than, than.startsWith("0.") ? 2 : 1) > 0;
