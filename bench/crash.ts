import { parseArgs } from "node:util";
import { FLUSH_MS } from "../server/metrics/store";
import { EMBEDDED_FLUSH_MS } from "../server/open-stores";
import { type Found, inspectStore } from "./crash/inspect-store";
import { killMigration } from "./crash/kill-migration";
import { killWriter } from "./crash/kill-writer";
import { openCrashPlace } from "./crash/open-crash-place";
import { PHASES, type Writing } from "./crash/rounds";
import type { Measured } from "./result";
import { chooseEngines, type EngineName } from "./stores/open-bench-store";

/** A busy machine runs a timer and a transaction late. */
const LATE_MS = 1_000;
/** Of the kills on a database server, so many come after the server itself was killed and came back. */
const OUTAGE_SHARE = 0.25;

type Figures = Record<string, number>;

/**
 * Kills a writing process with SIGKILL, `--kills` times in all (200), on one database an engine, in the middle of flushing, sealing,
 * rolling up and dropping, and looks for what is lost; and one that takes the database of an earlier version along, each time another.
 * Servers are killed under writers, too: that must lose nothing.
 */
export async function run(args: readonly string[] = []): Promise<Measured> {
  const { values } = parseArgs({
    args: [...args],
    options: { kills: { type: "string", default: "200" }, engine: { type: "string", multiple: true } },
  });
  const engines = chooseEngines(values.engine);
  const figures: Figures = {
    kills: 0,
    failed_checks: 0,
    lost_acknowledged_rounds: 0,
    lost_due_rounds: 0,
    wrong_samples: 0,
  };
  const targets = { failed_checks: 0, lost_acknowledged_rounds: 0, lost_due_rounds: 0, wrong_samples: 0 };
  for (const engine of engines) await killOn(engine, Math.ceil(Number(values.kills) / engines.length), figures);
  const notes = [
    `A killed process loses the samples of its flush window at most: ${EMBEDDED_FLUSH_MS / 1_000} s on SQLite, ${FLUSH_MS / 1_000} s on servers (a second more is allowed here, for busy machines).`,
    "After each kill every sample is looked at: what was told to be durable is there, once, and so is all that came before it; rolled-up hours and days count everything ever written.",
  ];
  return { figures, targets, notes };
}

async function killOn(engine: EngineName, kills: number, figures: Figures): Promise<void> {
  const place = await openCrashPlace(engine);
  const add = (figure: string, by = 1) => {
    figures[figure] = (figures[figure] ?? 0) + by;
  };
  for (const phase of PHASES) figures[`kills_in_${phase}`] ??= 0;
  const note = ({ integrity, wrong }: Found) => {
    if (integrity !== "ok") add("failed_checks");
    add("wrong_samples", wrong);
  };
  const killWriting = async (phase: Writing) => {
    const server = place.server && Math.random() < OUTAGE_SHARE ? place.server : undefined;
    const said = await killWriter(place.url, { phase, windowMs: place.flushMs + LATE_MS, server });
    const found = await inspectStore(place.url);
    note(found);
    if (said.outage) add("server_kills");
    add("lost_acknowledged_rounds", Math.max(0, said.durable - found.last));
    // While the database is away nothing is due; what waited is in what is acknowledged afterwards.
    if (!said.outage) add("lost_due_rounds", Math.max(0, said.due - found.last));
    const oldest = `${engine}_oldest_lost_ms`;
    figures[oldest] = Math.max(figures[oldest] ?? 0, said.ageOf(found.last + 1));
    figures[`${engine}_rounds_kept`] = found.last + 1;
  };
  const killMigrating = async () => {
    const earlier = await place.makeEarlier();
    await killMigration(earlier.url);
    const found = await inspectStore(earlier.url);
    note(found);
    add("lost_acknowledged_rounds", Math.max(0, earlier.durable - found.last));
    await earlier.remove();
  };
  try {
    for (let kill = 0; kill < kills; kill++) {
      const phase = PHASES[kill % PHASES.length] ?? "flush";
      await (phase === "migration" ? killMigrating() : killWriting(phase));
      add("kills");
      add(`kills_in_${phase}`);
    }
  } finally {
    await place.remove();
  }
}
