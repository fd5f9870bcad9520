import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { inRoot, root } from "../tasks/root.mjs";
import { runNode } from "../tasks/run-command.mjs";
import { drizzleKit, migrationsFolder } from "./drizzle-configs.mjs";

/**
 * Whether a folder of migrations is whole and leads to the schema. drizzle-kit is asked to generate into a copy: what it adds is what
 * is missing.
 * @param options.folder another than the repository's own
 * @returns findings in lines of text; none is fine
 */
export async function findDrift(name, { folder = migrationsFolder(name) } = {}) {
  const broken = await findGaps(folder);
  if (broken.length > 0) return broken;
  // Within the repository, because drizzle-kit takes paths from there only.
  const copy = await mkdtemp(inRoot("node_modules", ".migrations-"));
  try {
    await cp(folder, copy, { recursive: true });
    const before = await listSql(copy);
    const { code, output } = await generate(name, copy);
    if (code !== 0) return [`drizzle-kit ended with exit code ${code}.`, ...output.trim().split("\n").slice(-5)];
    const added = (await listSql(copy)).filter((file) => !before.includes(file));
    // A table or column that went while another came may be the same by a new name: it asks, and ends as if all was well.
    if (added.length === 0 && !/No schema changes/.test(output))
      return ["drizzle-kit wants to know whether something was renamed. Run npm run db:generate in a terminal."];
    const missing = await Promise.all(added.map((file) => readFile(join(copy, file), "utf8")));
    return missing.flatMap((sql) => ["The schema has what no migration makes:", ...sql.trim().split("\n")]);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

async function generate(name, out) {
  const config = join(out, "config.ts");
  const own = relative(out, inRoot("drizzle", `config.${name}.ts`));
  await writeFile(
    config,
    `import config from "${own}";\nexport default { ...config, out: "./${relative(root, out)}" };\n`,
  );
  return runNode(drizzleKit, ["generate", "--config", relative(root, config)], { quiet: true });
}

/** Every migration of the journal is there with what drizzle-kit knows of it, in order, and none besides. */
async function findGaps(folder) {
  const { entries } = JSON.parse(await readFile(join(folder, "meta", "_journal.json"), "utf8"));
  const findings = [];
  const named = entries.map(({ tag }) => `${tag}.sql`);
  const there = await listSql(folder);
  for (const file of named) if (!there.includes(file)) findings.push(`${file} is in the journal, and not there.`);
  for (const file of there) if (!named.includes(file)) findings.push(`${file} is there, and not in the journal.`);
  for (const [index, { idx, when, tag }] of entries.entries()) {
    if (idx !== index) findings.push(`${tag} has number ${idx} in the journal, in place ${index}.`);
    if (index > 0 && when <= entries[index - 1].when) findings.push(`${tag} is not newer than the one before it.`);
  }
  return findings;
}

const listSql = async (folder) => (await readdir(folder)).filter((file) => file.endsWith(".sql")).sort();
