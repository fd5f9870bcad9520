import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { MetricStore } from "../server/metrics/store";
import { EMBEDDED_FLUSH_MS, openEmbeddedStores } from "../server/open-stores";
import { CRASH_SERIES, instantOf, readingOf } from "./crash-rounds";
import type { Measured } from "./result";

/**
 * What may be lost: samples younger than this. `EMBEDDED_FLUSH_MS` is the store's promise; a busy machine may run a timer and a transaction
 * late by half a second.
 */
const WINDOW_MS = EMBEDDED_FLUSH_MS + 500;
const START_WITHIN_MS = 30_000;

/** What a killed writer had said. Rounds; -1 before the first. */
interface Said {
  readonly wrote: number;
  /** `flush` had told it so. */
  readonly durable: number;
  /** Written longer ago than the window when it was killed. */
  readonly due: number;
  /** How old this round's samples were when it was killed, in milliseconds; 0 for a round that it had not written. */
  ageOf(round: number): number;
}
interface Found {
  readonly integrity: string;
  /** The last round of which every sample is there, and every one before it. */
  readonly last: number;
  /** Samples that are missing before the last one there is, or not what was written. */
  readonly wrong: number;
}

/** Kills a writing process with SIGKILL, `--kills` times (20), on one database, and looks for what is lost. */
export async function run(args: readonly string[] = []): Promise<Measured> {
  const { values } = parseArgs({ args: [...args], options: { kills: { type: "string", default: "20" } } });
  const kills = Number(values.kills);
  const folder = await mkdtemp(join(tmpdir(), "unity-crash-"));
  const file = join(folder, "unity.db");
  const figures = { kills: 0, failed_checks: 0, lost_acknowledged_rounds: 0, lost_due_rounds: 0, wrong_samples: 0 };
  let rounds = 0;
  let oldestLostMs = 0;
  try {
    while (figures.kills < kills) {
      const said = await writeAndKill(file);
      const found = await inspect(file);
      figures.kills++;
      if (found.integrity !== "ok") figures.failed_checks++;
      figures.lost_acknowledged_rounds += Math.max(0, said.durable - found.last);
      figures.lost_due_rounds += Math.max(0, said.due - found.last);
      figures.wrong_samples += found.wrong;
      oldestLostMs = Math.max(oldestLostMs, said.ageOf(found.last + 1));
      rounds = found.last + 1;
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const targets = {
    failed_checks: 0,
    lost_acknowledged_rounds: 0,
    lost_due_rounds: 0,
    wrong_samples: 0,
    oldest_lost_ms: WINDOW_MS,
  };
  const notes = [
    "A killed process loses the samples of its last five seconds at most (half a second more is allowed here, for busy machines), and never the database:",
    "after each kill SQLite's integrity check passes, what was told to be durable is there, and so is all that came before it.",
  ];
  return { figures: { ...figures, rounds_kept: rounds, oldest_lost_ms: oldestLostMs }, targets, notes };
}

async function writeAndKill(file: string): Promise<Said> {
  const writer = spawn(process.execPath, ["--import", "tsx", join(import.meta.dirname, "crash-writer.ts"), file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  let firstFlush = () => {};
  const begun = new Promise<void>((resolve) => {
    firstFlush = resolve;
  });
  writer.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    if (text.includes("durable")) firstFlush();
  });
  const closed = new Promise((resolve) => writer.on("close", resolve));
  const tooLate = setTimeout(() => writer.kill("SIGKILL"), START_WITHIN_MS);
  await Promise.race([begun, closed]);
  await new Promise((resolve) => setTimeout(resolve, 300 + Math.random() * 7_000));
  const killedAt = Date.now();
  writer.kill("SIGKILL");
  clearTimeout(tooLate);
  await closed;

  const lines = output.split("\n").map((line) => line.split(" "));
  const last = (word: string, before: number) =>
    lines.reduce(
      (most, [said, round, at]) => (said === word && Number(at) <= before ? Math.max(most, Number(round)) : most),
      -1,
    );
  const said = {
    wrote: last("wrote", killedAt),
    durable: last("durable", killedAt),
    due: last("wrote", killedAt - WINDOW_MS),
    ageOf: (round: number) => {
      const line = lines.find(([word, written]) => word === "wrote" && Number(written) === round);
      return line ? killedAt - Number(line[2]) : 0;
    },
  };
  if (said.durable < 0)
    throw new Error("The writer made nothing durable: it did not start, or the machine is too busy.");
  return said;
}

async function inspect(file: string): Promise<Found> {
  const { store, integrityCheck, close } = await openEmbeddedStores(file);
  try {
    const integrity = await integrityCheck();
    const lengths: number[] = [];
    let wrong = 0;
    for (const series of CRASH_SERIES) {
      let round = 0;
      for await (const { at, value } of store.export({ series: [series], from: 0, to: Number.MAX_SAFE_INTEGER })) {
        for (let index = 0; index < at.length; index++, round++) {
          if (at[index] !== instantOf(round) || value[index] !== readingOf(series, round)) wrong++;
        }
      }
      lengths.push(round);
    }
    const last = Math.min(...lengths) - 1;
    wrong += lengths.filter((length) => length - 1 > last).length;
    return { integrity, last, wrong: wrong + (await wrongSummaries(store, last)) };
  } finally {
    await store.close();
    await close();
  }
}

/** From whatever the killed process had rolled up, and from what is rolled up now. */
async function wrongSummaries(store: MetricStore, last: number): Promise<number> {
  let wrong = 0;
  const query = { series: CRASH_SERIES, from: instantOf(0), to: instantOf(last) + 1 };
  for (const now of [0, instantOf(last)]) {
    await store.rollUp(now);
    for (const { series, count, min, max } of await store.window(query)) {
      if (count !== last + 1 || min !== readingOf(series, 0) || max !== readingOf(series, last)) wrong++;
    }
  }
  return wrong;
}
