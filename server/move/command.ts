import { stat } from "node:fs/promises";
import { parseArgs } from "node:util";
import { createDatabase } from "../db/create-database";
import { DatabaseInUse } from "../db/database-lock";
import { type DatabasePlace, parseDatabaseUrl } from "../db/database-place";
import { readEnv } from "../env";
import { messageOf } from "../errors";
import { openStores, openStoresToRead, type Stores } from "../open-stores";
import { exportArchive } from "./export-archive";
import type { Filled } from "./fill-target";
import { importArchive, openArchive } from "./import-archive";
import { moveDatabase } from "./move-database";
import type { Piece } from "./piece";
import { type Progress, type Screen, startProgress, toBytes } from "./progress";

export const USAGE = `unity export [file] [--from URL] [--runs]   everything into one file; goes on with one that was interrupted
unity import <file> [--to URL] [--merge]     the other way; into an empty database, or beside what is there
unity move --from URL --to URL [--runs] [--merge]   from one database into another without a file

A URL is like DATABASE_URL, which is used where none is given. --runs takes the list of runs along, --merge adds to a database
that is in use already: what is there stays. Stop Unity before you import into its database.
`;

/** What the command was asked for cannot be understood. */
export class WrongUse extends Error {
  override readonly name = "WrongUse";
}

interface Surroundings {
  readonly env: Record<string, string | undefined>;
  readonly signal: AbortSignal;
  readonly screen: Screen;
}

/** Runs `unity export`, `import` or `move`. @throws WrongUse; the signal's reason; Error that says what is wrong and what to do */
export async function runMoving(args: readonly string[], surroundings: Surroundings): Promise<void> {
  const { values, positionals } = readCommand(args);
  const [command, file, ...more] = positionals;
  if (more.length > 0) throw new WrongUse(`"${more[0]}" is one word too many.`);
  const say = (line: string) => void surroundings.screen.write(`${line}\n`);
  const placeOf = (url: string | undefined, option: string) => readPlace(url, option, surroundings.env);
  const { runs = false, merge = false } = values;
  const parts = { ...surroundings, runs, merge, say };
  switch (command) {
    case "export":
      return runExport({ ...parts, file: file ?? defaultName(), place: placeOf(values.from, "--from") });
    case "import":
      if (!file) throw new WrongUse("unity import wants the name of a file.");
      return runImport({ ...parts, file, place: placeOf(values.to, "--to") });
    case "move":
      if (!values.from || !values.to) throw new WrongUse("unity move wants --from URL and --to URL.");
      return runMove({ ...parts, from: placeOf(values.from, "--from"), to: placeOf(values.to, "--to") });
    default:
      throw new WrongUse(command ? `There is no "unity ${command}".` : "What shall be moved?");
  }
}

function readCommand(args: readonly string[]) {
  const url = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { from: url, to: url, runs: flag, merge: flag },
    });
  } catch (error) {
    throw new WrongUse(messageOf(error));
  }
}

function readPlace(url: string | undefined, option: string, env: Surroundings["env"]): DatabasePlace {
  if (url === undefined) return readEnv(env).database;
  try {
    return parseDatabaseUrl(url);
  } catch (error) {
    throw new WrongUse(`${option} is given, but ${messageOf(error)}.`);
  }
}

const defaultName = () => `unity-${new Date().toISOString().slice(0, 10)}.unity`;

interface Common {
  readonly env: Surroundings["env"];
  readonly runs: boolean;
  readonly merge: boolean;
  readonly signal: AbortSignal;
  readonly screen: Screen;
  say(line: string): void;
}

async function runExport({ file, place, ...parts }: Common & { file: string; place: DatabasePlace }): Promise<void> {
  const { say, screen, signal, runs } = parts;
  const { stores, isRunning } = await openSource(place, say);
  let progress: Progress | undefined;
  try {
    const done = await exportArchive(stores, {
      ...{ file, isRunning, runs, signal, say },
      begins({ samples: total }, before) {
        progress = startProgress(screen, { title: "export", total, done: ({ samples }) => before + samples });
      },
      wrote: (piece, bytes) => progress?.add(samplesOf(piece), bytes),
    });
    progress?.end();
    const { samples, series, rows } = done.totals;
    say(`${file}: ${samples} samples of ${series} series, ${rows} rows of configuration, ${toBytes(done.bytes)}.`);
    say("It has the passwords of what is watched: keep it as you keep those.");
  } finally {
    await closeStores(stores);
  }
}

async function runImport({ file, place, ...parts }: Common & { file: string; place: DatabasePlace }): Promise<void> {
  const { say, screen, signal, merge } = parts;
  say(`Reading ${file} once, whether it is whole.`);
  const archive = await openArchive(file, signal);
  try {
    const target = await openTarget(place, parts.env);
    try {
      let offset = 0;
      const progress = startProgress(screen, { title: "import", total: archive.bytes, done: () => offset });
      const filled = await importArchive(target, {
        ...{ archive, merge, signal, shown: place.shown },
        begins: ({ position }) => position.series >= 0 && say("It goes on where it was interrupted."),
        took(piece, bytes) {
          offset += bytes;
          progress.add(samplesOf(piece), bytes);
        },
      });
      progress.end();
      sayFilled(filled, place, say);
    } finally {
      await closeStores(target);
    }
  } finally {
    await archive.close();
  }
}

async function runMove({ from, to, ...parts }: Common & { from: DatabasePlace; to: DatabasePlace }): Promise<void> {
  const { say, screen, signal, merge, runs } = parts;
  const { stores: source, isRunning } = await openSource(from, say);
  try {
    const target = await openTarget(to, parts.env);
    try {
      let progress: Progress | undefined;
      const filled = await moveDatabase(source, target, {
        ...{ isRunning, runs, merge, signal, shown: to.shown },
        begins({ header, position }) {
          if (position.series >= 0) say("It goes on where it was interrupted.");
          progress = startProgress(screen, { title: "move", total: header.samples, done: ({ samples }) => samples });
        },
        took: (piece) => progress?.add(samplesOf(piece), bytesOf(piece)),
      });
      progress?.end();
      sayFilled(filled, to, say);
    } finally {
      await closeStores(target);
    }
  } finally {
    await closeStores(source);
  }
}

const samplesOf = (piece: Piece) => (piece.kind === "samples" ? piece.count : 0);
const bytesOf = (piece: Piece) => (piece.kind === "samples" || piece.kind === "rollups" ? piece.data.length : 0);

/** Alone where nobody else uses it, else beside the Unity that does. */
async function openSource(
  place: DatabasePlace,
  say: (line: string) => void,
): Promise<{ stores: Stores; isRunning: boolean }> {
  if (place.kind === "sqlite") {
    // Opening would make it.
    await stat(place.file).catch(() => {
      throw new Error(`${place.shown} is not there. Name the database with --from or DATABASE_URL.`);
    });
  }
  try {
    return { stores: await openStores(place, { samples: "kept" }), isRunning: false };
  } catch (error) {
    if (!(error instanceof DatabaseInUse)) throw error;
  }
  say(`A running Unity uses ${place.shown}. What it collected in the last seconds is in its memory, and is left out.`);
  return { stores: await openStoresToRead(place), isRunning: true };
}

async function openTarget(place: DatabasePlace, env: Surroundings["env"]): Promise<Stores> {
  if (place.kind !== "sqlite") await createDatabase(place);
  return openStores(place, { samples: readEnv(env).samples });
}

async function closeStores({ store, close }: Stores): Promise<void> {
  await store.close();
  await close();
}

function sayFilled(
  { samples, series, renamed, tooOld }: Filled,
  { shown }: DatabasePlace,
  say: (line: string) => void,
): void {
  say(`${shown} has everything: ${samples} samples came just now, of ${series} series.`);
  for (const name of renamed) say(`An instance is named "${name}" there: its name was taken.`);
  if (tooOld > 0) say(`${tooOld} samples are from before what is kept there as samples; their hours are there.`);
}
