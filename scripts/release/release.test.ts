import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { writeDocument } from "../../server/http/api/document";
import { findApiBreaks } from "../docs/find-api-breaks";
import { root } from "../tasks/root.mjs";
import { readChangelog } from "./changelog";
import { cutRelease } from "./cut-release";
import { writeLicencePage } from "./licence-page";
import { listPackages } from "./list-packages.mjs";
import { hashMigrations } from "./migrations";
import { writeNotices } from "./notices.mjs";

const read = (...parts: string[]) => readFileSync(join(root, ...parts), "utf8");
const SECTIONS = ["Added", "Changed", "Fixed", "Removed", "Breaking", "Security", "Upgrading"];
/** Of these a whole may be made that is itself under the MIT licence, changed files of MPL-2.0 aside, of which there are none. */
const ALLOWED =
  /^(MIT|MIT-0|ISC|0BSD|Apache-2\.0|BSD-[23]-Clause|Unlicense|OFL-1\.1|MPL-2\.0|CC-BY-4\.0|CC0-1\.0|BlueOak-1\.0\.0|Python-2\.0|\(MIT OR Apache-2\.0\)|MIT AND ISC)$/;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe("licences", () => {
  test("every package that Unity is made from has one that allows it", async () => {
    const packages = await listPackages();
    expect(packages.length).toBeGreaterThan(200);
    expect(packages.filter(({ licence }) => !ALLOWED.test(licence))).toEqual([]);
  });

  test("docs/licences.md says what the lock file does", async () => {
    const isFresh = read("docs", "licences.md") === writeLicencePage(await listPackages());
    expect(isFresh, "docs/licences.md is old: npm run docs:licences").toBe(true);
  });

  test("the notices name every package, and have the words of those that ship them", async () => {
    const packages = await listPackages();
    const notices = await writeNotices(packages);
    for (const { name, version } of packages) expect(notices).toContain(`${name} ${version}\n`);
    expect(notices).toContain("Copyright (c) Meta Platforms, Inc. and affiliates.");
    expect(notices).toContain("SIL OPEN FONT LICENSE");
  });
});

describe("what was released stays", () => {
  test("the changelog begins with what there is", () => {
    const { versions, wrong } = readChangelog(read("CHANGELOG.md"));
    expect(wrong).toEqual([]);
    for (const { sections } of versions) for (const section of sections) expect(SECTIONS).toContain(section);
    const { version } = JSON.parse(read("package.json")) as { version: string };
    const released = versions.filter(({ name }) => name !== "Unreleased").map(({ name }) => name);
    if (released.length > 0) expect(released[0]).toBe(version);
  });

  test("clients of the last release's API go on, unless the changelog says what breaks", () => {
    if (!existsSync(join(root, "docs/released/openapi.json"))) return;
    const [next] = readChangelog(read("CHANGELOG.md")).versions;
    const breaks = findApiBreaks(JSON.parse(read("docs", "released", "openapi.json")), writeDocument());
    if (!(next?.name === "Unreleased" && next.sections.includes("Breaking"))) expect(breaks).toEqual([]);
  });

  test("migrations that databases have been through are as they were", async () => {
    if (!existsSync(join(root, "docs/released/migrations.json"))) return;
    const { migrations } = JSON.parse(read("docs", "released", "migrations.json")) as { migrations: object };
    expect(await hashMigrations(join(root, "drizzle/migrations"))).toMatchObject(migrations);
  });
});

describe("a release", () => {
  function copy(changelog: string): string {
    const folder = mkdtempSync(join(tmpdir(), "unity-release-"));
    folders.push(folder);
    mkdirSync(join(folder, "docs"));
    for (const name of ["package.json", "package-lock.json", "docs/openapi.json", "drizzle/migrations"])
      cpSync(join(root, name), join(folder, name), { recursive: true });
    writeFileSync(join(folder, "CHANGELOG.md"), changelog);
    return folder;
  }
  const at = (folder: string, name: string) => readFileSync(join(folder, name), "utf8");
  const UNRELEASED = "# Changelog\n\n## Unreleased\n\n### Added\n\n- A thing.\n\n### Upgrading\n\nNothing.\n";
  const date = "2026-11-27";

  test("has its version everywhere, and what later ones are compared with", async () => {
    const folder = copy(UNRELEASED);
    await cutRelease(folder, { version: "7.1.0", date });
    expect(at(folder, "CHANGELOG.md")).toContain("## 7.1.0 (2026-11-27)\n\n### Added");
    expect(JSON.parse(at(folder, "package.json"))).toMatchObject({ version: "7.1.0", name: "unity" });
    expect(JSON.parse(at(folder, "package-lock.json"))).toMatchObject({
      version: "7.1.0",
      packages: { "": { version: "7.1.0" } },
    });
    expect(at(folder, "package.json")).toBe(read("package.json").replace(/"version": ".*"/, '"version": "7.1.0"'));
    expect(at(folder, "docs/released/openapi.json")).toBe(at(folder, "docs/openapi.json"));
    const { version, migrations } = JSON.parse(at(folder, "docs/released/migrations.json"));
    expect(version).toBe("7.1.0");
    expect(Object.keys(migrations)).toEqual(
      expect.arrayContaining(["sqlite/0000_init.sql", "postgres/0000_init.sql", "mysql/0000_init.sql"]),
    );
  });

  const AFTER = "\n## 1.4.0 (2026-01-02)\n\n### Added\n\n- More.\n";
  test.each([
    ["nothing new", `# Changelog\n${AFTER}`, "1.5.0", "nothing that is unreleased"],
    ["no word on updating", UNRELEASED.replace("Upgrading", "Fixed"), "1.5.0", "section Upgrading"],
    ["an older version", UNRELEASED + AFTER, "1.3.9", "not newer than 1.4.0"],
    ["the same version", UNRELEASED + AFTER, "1.4.0", "not newer than 1.4.0"],
    ["a break in a minor version", UNRELEASED.replace("Added", "Breaking") + AFTER, "1.5.0", "new major version"],
    ["no version", UNRELEASED, "next", "as 1.2.3"],
  ])("is refused with %s, and changes nothing", async (_, changelog, version, reason) => {
    const folder = copy(changelog);
    await expect(cutRelease(folder, { version, date })).rejects.toThrow(reason);
    expect(at(folder, "CHANGELOG.md")).toBe(changelog);
    expect(existsSync(join(folder, "docs/released"))).toBe(false);
  });

  test.each([
    ["2.0.0", "1.4.0"],
    ["0.5.0", "0.4.9"],
  ])("%s may break what %s did", async (version, last) => {
    const folder = copy(UNRELEASED.replace("Added", "Breaking") + AFTER.replace("1.4.0", last));
    await cutRelease(folder, { version, date });
    expect(readChangelog(at(folder, "CHANGELOG.md")).versions.map(({ name }) => name)).toEqual([version, last]);
  });
});
