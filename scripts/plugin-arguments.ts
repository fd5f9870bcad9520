import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

interface PluginArguments {
  readonly words: readonly string[];
  readonly config: Record<string, unknown>;
  readonly about: string | undefined;
  readonly live: boolean;
}

export const pluginsFolder = fileURLToPath(new URL("../plugins", import.meta.url));

/**
 * Reads a command line. Without `--` in between, npm takes the names of options away and leaves their values: so a word
 * that is JSON is the configuration, and the third other one tells what a case is about.
 */
export function readArguments(argv: readonly string[], env: NodeJS.ProcessEnv): PluginArguments {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { config: { type: "string" }, about: { type: "string" }, live: { type: "boolean" } },
  });
  const words = positionals.filter((word) => !word.startsWith("{"));
  return {
    words: words.slice(0, 2),
    config: readConfig(values.config ?? positionals.find((word) => word.startsWith("{"))),
    about: values.about ?? words[2],
    live: values.live ?? env.npm_config_live === "true",
  };
}

function readConfig(text: string | undefined): Record<string, unknown> {
  if (text === undefined) return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Said below, as for JSON that is no object.
  }
  throw new Error(`--config must be a JSON object, as '{"host":"db.lab"}'. It is: ${text.slice(0, 200)}`);
}

/** Runs a script's work; what it throws becomes one line, and any problem the exit code 1. */
export async function runScript(work: () => Promise<boolean>): Promise<void> {
  try {
    if (!(await work())) process.exitCode = 1;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
