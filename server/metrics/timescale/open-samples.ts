import type { SqlEngine } from "../../db/sql-engine";
import type { Log } from "../../log";
import { openChunkStore } from "../chunks/chunk-store";
import type { Spool } from "../chunks/spool";
import type { MetricStore, Retention } from "../store";
import { carryChunks } from "./carry-over";
import type { Timescale } from "./detect";
import { forgetCarried, readMove } from "./reach";
import { type SetUp, setPolicies, setUpTimescale } from "./set-up";
import { openTimescaleStore } from "./timescale-store";

export interface SampleOptions {
  /** The database, for people. */
  readonly shown: string;
  /** What TimescaleDB's own jobs are to keep. Null makes none. */
  readonly policies: Retention | null;
  /** "chunks" also where TimescaleDB is: they are smaller, and no extension is asked for. "kept": where they are now. */
  readonly wanted?: "auto" | "chunks" | "kept";
  readonly log?: Log | undefined;
  readonly now?: () => number;
  /** For samples that the database does not take. The store closes it. */
  readonly spool?: Spool | undefined;
  /** Other processes write, too: whether there are any now. */
  readonly others?: (() => boolean) | undefined;
}
export interface Samples {
  readonly store: MetricStore;
  /** What was found and made; null where nobody looked. */
  readonly setUp: SetUp | null;
}

/**
 * The samples of a PostgreSQL database: in TimescaleDB where it is ready or can be made so, with what the chunk engine has carried
 * over; else in chunks. Once in TimescaleDB they stay there.
 * @throws Error when they are there and it is not
 */
export async function openPostgresSamples(engine: SqlEngine, options: SampleOptions): Promise<Samples> {
  const { shown, policies, wanted = "auto", log, now = Date.now, spool, others } = options;
  const { finished } = await readMove(engine);
  if (finished && wanted === "chunks")
    throw new Error(
      `${shown} keeps its samples in TimescaleDB already. Unset UNITY_SAMPLES, or move with unity export.`,
    );
  if (!finished && wanted !== "auto") return { store: await openChunks(engine, { spool, others }), setUp: null };
  if (finished) await requireExtension(engine, shown);
  const setUp = await setUpTimescale(engine, { policies });
  const { timescale } = setUp;
  if (!setUp.usable) {
    const reason = describeProblem(setUp);
    if (finished) throw new Error(`${shown} keeps its samples in TimescaleDB, which cannot be used now. ${reason}`);
    if (timescale.state !== "absent") log?.warn({ timescale: timescale.state, version: timescale.version }, reason);
    return { store: await openChunks(engine, { spool, others }), setUp };
  }
  const carried = await carryChunks(engine, { log, now: now() });
  const version = timescale.version ?? "";
  const late = carried && policies ? await setPolicies(engine, version, policies) : [];
  const steps = [...setUp.steps, ...late];
  for (const { step, outcome, detail } of steps) {
    if (outcome === "failed") log?.warn({ step, detail }, "a part of TimescaleDB could not be set up");
  }
  const store = await openTimescaleStore(engine, {
    name: `TimescaleDB ${version}`,
    policies: policies !== null,
    others,
    now,
    spool,
  });
  return { store, setUp: { ...setUp, steps } };
}

/** As another process uses them: that one made what there is, and nothing is written. */
export async function readPostgresSamples(engine: SqlEngine): Promise<Samples> {
  const { finished } = await readMove(engine);
  if (!finished) return { store: await openChunkStore(engine, { name: "PostgreSQL", readOnly: true }), setUp: null };
  return { store: await openTimescaleStore(engine, { readOnly: true }), setUp: null };
}

/** Beside the process that leads: what that one made is used, and what this one writes is taken in by it. */
export async function followPostgresSamples(
  engine: SqlEngine,
  { writer, ...options }: Pick<SampleOptions, "spool" | "others"> & { writer: string },
): Promise<MetricStore> {
  const { finished } = await readMove(engine);
  if (!finished) return openChunkStore(engine, { name: "PostgreSQL", writer, ...options });
  return openTimescaleStore(engine, options);
}

async function openChunks(engine: SqlEngine, options: Pick<SampleOptions, "spool" | "others">): Promise<MetricStore> {
  // It goes on writing: what was carried over before is not all any more.
  await engine.transaction([forgetCarried()]);
  return openChunkStore(engine, { name: "PostgreSQL", ...options });
}

/** Made again, it would be empty, and nobody would be told. */
async function requireExtension(engine: SqlEngine, shown: string): Promise<void> {
  const [row] = await engine.query("select count(*) from pg_extension where extname = 'timescaledb'");
  if (Number(row?.[0]) > 0) return;
  throw new Error(
    `${shown} kept its samples in TimescaleDB, and the extension is gone from the database, with them. Restore a backup; or to begin without samples run there: delete from plugin_metrics_state where key like 'timescale%';`,
  );
}

function describeProblem({ timescale, steps }: { timescale: Timescale; steps: SetUp["steps"] }): string {
  const failed = steps.find(({ outcome }) => outcome === "failed");
  return timescale.advice ?? (failed ? `The ${failed.step} could not be made: ${failed.detail}` : "It is not there.");
}
