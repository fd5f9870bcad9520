/** `npm run bench -- <name> [--json] [options of the benchmark]`: runs `bench/<name>.ts`. Ends with 1 when a target is missed. */
import { readdir } from "node:fs/promises";
import { judge, type Measured, toText } from "./result";

/** What stands beside the benchmarks. */
const NOT_A_BENCH = new Set(["main", "result"]);

interface Bench {
  run(args: readonly string[]): Promise<Measured>;
}

const args = process.argv.slice(2);
const json = args.includes("--json");
const [name = "", ...options] = args.filter((arg) => arg !== "--json");
try {
  const measured = await (await load(name)).run(options);
  const result = judge(name, measured);
  process.stdout.write(json ? `${JSON.stringify(result)}\n` : toText(result, measured.notes));
  // Whatever a benchmark left open does not keep it from ending.
  process.exit(result.met ? 0 : 1);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
}

async function load(wanted: string): Promise<Bench> {
  const names: string[] = [];
  for (const file of await readdir(import.meta.dirname)) {
    const candidate = file.replace(/\.ts$/, "");
    if (candidate === file || file.endsWith(".test.ts") || NOT_A_BENCH.has(candidate)) continue;
    names.push(candidate);
  }
  if (!names.includes(wanted)) {
    throw new Error(
      `There is no benchmark "${wanted}". npm run bench -- <name> [--json], with ${names.sort().join(", ")}.`,
    );
  }
  const bench: Partial<Bench> = await import(`./${wanted}.ts`);
  if (!bench.run) throw new Error(`bench/${wanted}.ts exports no run().`);
  return { run: bench.run };
}
