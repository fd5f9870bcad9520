import { existsSync, readdirSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { build } from "esbuild";
import { Stop } from "../tasks/progress.mjs";
import { inRoot, root, standalone } from "../tasks/root.mjs";

/** Stay packages: Next is in the tree already, libsql loads a native library. */
export const EXTERNAL = ["next", "libsql"];

const OPTIONS = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  // Server and plugins share modules: an error thrown by a plugin must be an instance of the server's own class.
  splitting: true,
  outdir: standalone,
  // Beside main.js: some modules look for files relative to their own place.
  chunkNames: "chunk-[hash]",
  external: EXTERNAL.flatMap((name) => [name, `${name}/*`]),
  // Packages in CommonJS call require, which a module does not have.
  banner: {
    js: 'import{createRequire as unityCreateRequire}from"node:module";const require=unityCreateRequire(import.meta.url);',
  },
  // Node keeps the text of every module, too. Names stay as they are.
  minifyWhitespace: true,
  sourcemap: true,
  // For `server/source-stack.ts`, which wants names and lines; a second copy of the sources is for nobody.
  sourcesContent: false,
  logLevel: "silent",
  plugins: [
    {
      // What zod says in 50 languages is half of its code, and Unity speaks one of them.
      name: "one-language",
      setup({ onResolve, onLoad }) {
        onResolve({ filter: /\/locales\/index\.js$/ }, ({ importer }) =>
          /node_modules\/zod\//.test(importer) ? { path: "locales", namespace: "none" } : undefined,
        );
        onLoad({ filter: /.*/, namespace: "none" }, () => ({ contents: "export {}" }));
      },
    },
  ],
};

/** The server and every plugin that compiles. @returns the plugins that do not, and why */
export async function bundleServer() {
  const server = {
    main: "server/main.ts",
    unity: "server/cli.ts",
    "sqlite-worker": "server/db/sqlite-worker.ts",
    "hardware-main": "server/collect/doors/hardware-main.ts",
    "program-main": "server/collect/doors/program-main.ts",
  };
  const entries = Object.fromEntries(Object.entries(server).filter(([, file]) => existsSync(inRoot(file))));
  const plugins = await listPlugins();
  const failure = await tryBuild({ ...entries, ...entriesOf(plugins) });
  if (!failure) return { broken: [] };

  const broken = [];
  for (const id of plugins) {
    const error = await tryBuild(entriesOf([id]), { write: false });
    if (error) broken.push({ id, error });
  }
  const left = plugins.filter((id) => !broken.some((plugin) => plugin.id === id));
  const stillFailing = await tryBuild({ ...entries, ...entriesOf(left) });
  if (stillFailing) throw new Stop(`The server could not be built:\n${stillFailing}`);
  return { broken };
}

/** @returns what is wrong, or undefined when it was built */
async function tryBuild(entryPoints, options = {}) {
  try {
    await build({ ...OPTIONS, ...options, entryPoints });
  } catch (error) {
    if (!error.errors) throw error;
    return error.errors
      .map(({ text, location }) => (location ? `${location.file}:${location.line}: ${text}` : text))
      .join("\n");
  }
}

/** A plugin, and what it runs in a process of its own. */
const entriesOf = (ids) =>
  Object.fromEntries(
    ids.flatMap((id) => {
      const programs = readdirSync(inRoot("plugins", id)).filter((name) => name.endsWith("-program.ts"));
      return ["index.ts", ...programs].map((file) => {
        const path = `plugins/${id}/${file}`;
        return [path.slice(0, -".ts".length), path];
      });
    }),
  );

async function listPlugins() {
  const entries = await readdir(inRoot("plugins"), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory() && entry.name !== "sdk").map(({ name }) => name);
  return folders.filter((id) => existsSync(inRoot("plugins", id, "index.ts"))).sort();
}
