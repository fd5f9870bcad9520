import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, expect, test } from "vitest";

/**
 * Libraries are loaded when the first instance needs them. From the sources, the functions of a CommonJS library are also named exports of
 * its module; in the production bundle only the default export is there. No other test runs a bundle.
 */
const root = fileURLToPath(new URL("../..", import.meta.url));
const IMPORT = /(?:const \{([^}]*)\} = )?(\()?await import\("([a-z@][^":]*)"\)(?:\)\.(\w+))?/g;
const folder = mkdtempSync(join(tmpdir(), "unity-imports-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Use {
  readonly file: string;
  readonly library: string;
  /** What is taken of it. */
  readonly names: readonly string[];
}

function listUses(): Use[] {
  const files = readdirSync(join(root, "plugins"), { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => file.endsWith(".ts") && !/\.test\.ts$|(^|\/)test-/.test(file))
    .flatMap((file) =>
      [...readFileSync(join(root, "plugins", file), "utf8").matchAll(IMPORT)].map(
        ([, taken, , library = "", member]) => ({
          file,
          library,
          names: taken
            ? taken.split(",").map((name) => (name.split(":")[0] ?? "").trim())
            : [member ?? "(the module itself)"],
        }),
      ),
    );
}

/** The names that each library's module has once it is bundled as the server is. */
async function listExports(libraries: readonly string[]): Promise<Map<string, string[]>> {
  const entries = libraries.map((library, index) => {
    const file = join(folder, `${index}.mjs`);
    writeFileSync(
      file,
      `console.log(JSON.stringify(Object.keys(await import(${JSON.stringify(library)}))));process.exit();`,
    );
    return file;
  });
  await build({
    entryPoints: entries,
    outdir: join(folder, "out"),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node20",
    nodePaths: [join(root, "node_modules")],
    external: ["libsql", "libsql/*"],
    banner: {
      js: 'import{createRequire as unityCreateRequire}from"node:module";const require=unityCreateRequire(import.meta.url);',
    },
    logLevel: "silent",
  });
  return new Map(
    libraries.map((library, index) => [
      library,
      JSON.parse(execFileSync(process.execPath, [join(folder, "out", `${index}.mjs`)], { encoding: "utf8" })),
    ]),
  );
}

test("what plugins take of a library is there in the bundle, too", { timeout: 120_000 }, async () => {
  // Stays a package: it is there as it is from the sources.
  const uses = listUses().filter(({ library }) => library !== "libsql");
  expect(uses.length).toBeGreaterThan(3);
  const exports = await listExports([...new Set(uses.map(({ library }) => library))]);
  const missing = uses.flatMap(({ file, library, names }) =>
    names.filter((name) => !exports.get(library)?.includes(name)).map((name) => `${file}: ${library} has no ${name}`),
  );
  expect(missing).toEqual([]);
});
