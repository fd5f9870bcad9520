import { spawn } from "node:child_process";
import { appendFile, cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const NOT_COPIED = new Set(["node_modules", ".git", ".next", "data", "test-results"]);

/** A copy of the repository in which something wrong can be planted, for the real tools to find. */
export interface Copy {
  /** Runs one check. It prints what it finds. */
  check(name: string): Promise<{ code: number | null; output: string }>;
  /** Writes files; what is there already gets the text at its end. @returns undoes it */
  plant(files: Readonly<Record<string, string>>): Promise<() => Promise<void>>;
  remove(): Promise<void>;
}

export async function copyRepository(): Promise<Copy> {
  const folder = await mkdtemp(join(tmpdir(), "unity-check-"));
  await cp(repository, folder, {
    recursive: true,
    filter: (file) => dirname(file) !== repository || !NOT_COPIED.has(basename(file)),
  });
  await symlink(join(repository, "node_modules"), join(folder, "node_modules"));
  return {
    check: (name) => runCheck(folder, name),
    plant: (files) => plantFiles(folder, files),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function plantFiles(folder: string, files: Readonly<Record<string, string>>): Promise<() => Promise<void>> {
  const before = new Map<string, string | undefined>();
  for (const [name, text] of Object.entries(files)) {
    const file = join(folder, name);
    before.set(file, await readFile(file, "utf8").catch(() => undefined));
    await appendFile(file, text);
  }
  return async () => {
    for (const [file, text] of before) await (text === undefined ? rm(file) : writeFile(file, text));
  };
}

function runCheck(folder: string, name: string): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(folder, "scripts", "check.mjs"), name], { cwd: folder });
    let output = "";
    const keep = (text: string) => {
      output += text;
    };
    child.stdout.setEncoding("utf8").on("data", keep);
    child.stderr.setEncoding("utf8").on("data", keep);
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, output }));
  });
}
