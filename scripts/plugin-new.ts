import { relative } from "node:path";
import { pluginsFolder, readArguments, runScript } from "./plugin-arguments";
import { scaffoldPlugin } from "./scaffold-plugin";

await runScript(async () => {
  const [id] = readArguments(process.argv.slice(2), process.env).words;
  if (!id) throw new Error("Usage: npm run plugin:new <id>");
  const files = await scaffoldPlugin(pluginsFolder, id);
  process.stdout.write(`${files.map((file) => relative("", file)).join("\n")}\n\nNext:\n`);
  process.stdout.write(`  npm run plugin:check ${id} -- --live --config '{"url":"http://127.0.0.1:8080"}'\n`);
  process.stdout.write(`  npm run plugin:record ${id} <case-name> -- --config '{...}'\n`);
  return true;
});
