import { relative } from "node:path";
import { loadPlugin } from "../server/collect/registry";
import { pluginsFolder, readArguments, runScript } from "./plugin-arguments";
import { recordCase } from "./record-case";

const USAGE = `npm run plugin:record <id> <case-name> -- --config '{"host":"db.lab"}' [--about "One sentence."]`;

await runScript(async () => {
  const { words, config, about } = readArguments(process.argv.slice(2), process.env);
  const [id, name] = words;
  if (!id || !name) throw new Error(`Usage: ${USAGE}`);
  const loaded = await loadPlugin(pluginsFolder, id);
  if (!loaded.plugin) throw new Error(`${id} cannot run:\n${loaded.ok ? "" : loaded.problems.join("\n")}`);
  const { file, readings, differences } = await recordCase(pluginsFolder, loaded.plugin, { name, config, about });
  process.stdout.write(`${relative("", file)}: ${readings} readings.\n`);
  if (differences.length === 0) return true;
  const lines = differences.map((line) => `  ${line}`).join("\n");
  process.stderr.write(`The replay says something else than the real run did:\n${lines}\n`);
  process.stderr.write("What a plugin reports must come from its doors and its tick, not from clocks or chance.\n");
  return false;
});
