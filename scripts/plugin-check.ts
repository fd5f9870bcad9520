import { loadPlugin } from "../server/collect/registry";
import { checkLive, checkPlugin } from "./check-plugin";
import { pluginsFolder, readArguments, runScript } from "./plugin-arguments";

const USAGE = `npm run plugin:check <id> [-- --live --config '{"host":"db.lab"}']`;

await runScript(async () => {
  const { words, config, live } = readArguments(process.argv.slice(2), process.env);
  const [id] = words;
  if (!id) throw new Error(`Usage: ${USAGE}`);
  const checked = await checkPlugin(pluginsFolder, id);
  process.stdout.write(`${checked.lines.join("\n")}\n`);
  if (!live) return checked.ok;
  const { plugin } = await loadPlugin(pluginsFolder, id);
  if (!plugin) return false;
  const seen = await checkLive(plugin, config);
  process.stdout.write(`${seen.lines.join("\n")}\n`);
  return checked.ok && seen.ok;
});
