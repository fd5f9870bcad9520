import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Case } from "../plugins/sdk/golden-case";
import type { Plugin } from "../plugins/sdk/plugin";
import { replayCase } from "../plugins/sdk/replay";
import { expectationOf, judgeCase } from "../server/collect/judge-case";
import { listSecrets } from "../server/list-secrets";
import { maskTexts } from "../server/mask-texts";
import { formatCase } from "./format-case";
import { runPlugin } from "./run-plugin";

interface Request {
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly about: string | undefined;
}
interface Recorded {
  readonly file: string;
  readonly readings: number;
  /** Where the replay said something else than the real run; a case that does not hold is worth little. */
  readonly differences: readonly string[];
}

/**
 * Runs the plugin once and writes what it saw as a golden case. What is expected comes from the replay of it, so that
 * the case holds also where secrets were masked.
 */
export async function recordCase(pluginsFolder: string, plugin: Plugin, request: Request): Promise<Recorded> {
  const { name, config, about } = request;
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) throw new Error(`"${name}" is not a case name. Write it like-this.`);
  const run = await runPlugin(plugin, config);
  const secrets = listSecrets(plugin.config, config);
  const written = {
    about: about ?? `Recorded from a real run: ${name.replaceAll("-", " ")}.`,
    config: maskTexts(config, secrets),
    now: run.now,
    world: run.world(),
  };
  const replayed = await replayCase(plugin, Case.parse({ ...written, expect: {} }));
  const live = Case.shape.expect.parse(expectationOf(maskTexts(run.collected, secrets)));
  const folder = join(pluginsFolder, plugin.id, "cases");
  const file = join(folder, `${name}.json`);
  await mkdir(folder, { recursive: true });
  await writeFile(file, formatCase({ ...written, expect: withoutEmpty(expectationOf(replayed)) }));
  return { file, readings: replayed.readings.length, differences: judgeCase(plugin, live, replayed) };
}

const withoutEmpty = (expect: Case["expect"]) =>
  Object.fromEntries(Object.entries(expect).filter(([, value]) => !(Array.isArray(value) && value.length === 0)));
