import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startStore } from "../scripts/stores/start-store.mjs";
import { placeOfFile } from "../server/db/database-place";
import { createPostgresDatabase } from "../server/db/test-servers";
import { openStores } from "../server/open-stores";
import { isSize, nameSeries, SERIES, type Size } from "./load/samples";
import { pause } from "./measure/pause";
import { median } from "./measure/percentile";
import type { Measured } from "./result";
import { fillStore } from "./stores/fill";

const CLI = new URL("../server/cli.ts", import.meta.url).pathname;
/** Whatever there is to move: heads and chunks of 2,000 series are in there, and a worker for each file. */
const TARGETS = { export_peak_mb: 500, import_peak_mb: 700, move_peak_mb: 700 };

/**
 * `unity export`, `import` and `move` as people run them, in processes of their own: samples a second, everything included from the
 * first piece to the last rollup, and the most memory each ever had. `--size d10 --runs 5`, medians.
 */
export async function run(args: readonly string[] = []): Promise<Measured> {
  const options = { size: { type: "string", default: "d10" }, runs: { type: "string", default: "5" } } as const;
  const { values } = parseArgs({ args: [...args], options });
  if (!isSize(values.size)) throw new Error(`There is no size ${values.size}.`);
  const folder = await mkdtemp(join(tmpdir(), "unity-bench-"));
  const server = await startStore("postgres", { durable: true, memoryMb: 2_048 });
  try {
    const source = join(folder, "source.db");
    const samples = await fillSource(source, values.size);
    const seen: Record<string, number[]> = {};
    const note = (name: string, value: number) => {
      seen[name] ??= [];
      seen[name].push(value);
    };
    for (let round = 0; round < Number(values.runs); round++) {
      const file = join(folder, `${round}.unity`);
      const copy = join(folder, `${round}.db`);
      const database = await createPostgresDatabase(server.url);
      const steps = {
        export: ["export", file, "--from", `sqlite:${source}`],
        import: ["import", file, "--to", `sqlite:${copy}`],
        move: ["move", "--from", `sqlite:${source}`, "--to", database.url],
      };
      for (const [name, words] of Object.entries(steps)) {
        const { perSecond, peakMb } = await runCommand(words);
        note(`${name}_samples_per_s`, perSecond);
        note(`${name}_peak_mb`, peakMb);
      }
      note("archive_bytes_per_sample", (await stat(file)).size / samples);
      await database.drop();
      for (const gone of [file, copy, copy.replace(".db", "-samples.db")]) await rm(gone, { force: true });
    }
    const figures = Object.fromEntries(Object.entries(seen).map(([name, found]) => [name, median(found)]));
    const notes = ["export: SQLite to a file; import: the file to SQLite; move: SQLite to PostgreSQL."];
    return { figures: { samples, ...figures }, targets: TARGETS, notes };
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function fillSource(file: string, size: Size): Promise<number> {
  const { connection, store, close } = await openStores(placeOfFile(file));
  const { db, schema, dialect } = connection;
  const rows = Array.from({ length: SERIES }, (_, index) => {
    const { instance, metric } = nameSeries(index + 1);
    return {
      instanceId: `instance-${instance}`,
      metric: `metric_${metric}`,
      labels: {},
      hash: `${metric}`,
      createdAt: 0,
    };
  });
  for (let start = 0; start < rows.length; start += 100)
    await dialect.insertIgnore(db, schema.metricSeries, rows.slice(start, start + 100));
  const { samples } = await fillStore(store, size);
  await store.rollUp(Date.now());
  await store.close();
  await close();
  return samples;
}

async function runCommand(words: readonly string[]): Promise<{ perSecond: number; peakMb: number }> {
  const child = spawn(process.execPath, ["--import", import.meta.resolve("tsx"), CLI, ...words], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (data: Buffer) => {
    said += data.toString("utf8");
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  let peakMb = 0;
  let code: number | null | undefined;
  void ended.then((given) => {
    code = given;
  });
  while (code === undefined) {
    peakMb = Math.max(peakMb, await readPeakMb(child.pid ?? 0));
    await pause(50);
  }
  const rate = /samples, ([\d,]+)\/s, [^\n]* in /.exec(said)?.[1]?.replaceAll(",", "");
  if (code !== 0 || rate === undefined) throw new Error(`unity ${words[0]} ended with ${code}:\n${said}`);
  return { perSecond: Number(rate), peakMb };
}

/** The most memory a process ever had; 0 once it is gone. */
async function readPeakMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1_000;
}
