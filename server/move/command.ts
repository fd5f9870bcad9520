import { parseArgs } from "node:util";
import { upgradingOf } from "../backup/keep-former";
import { parseDatabaseUrl } from "../db/database-place";
import type { Upgrading } from "../db/open";
import { readEnv } from "../env";
import { messageOf } from "../errors";
import { parseMetricsUrl } from "../metrics/victoriametrics/metrics-url";
import { exportArchive } from "./export-archive";
import type { Filled } from "./fill-target";
import { importArchive, openArchive } from "./import-archive";
import { moveDatabase } from "./move-database";
import { closeEnd, type End, openSource, openTarget, showEnd } from "./open-ends";
import type { Piece } from "./piece";
import { type Progress, type Screen, startProgress, toBytes } from "./progress";
import { describeSecrets, settleSecrets } from "./settle-secrets";

export const USAGE = `unity export [file] [--from URL] [--runs]   everything into one file; goes on with one that was interrupted
unity import <file> [--to URL] [--merge]     the other way; into an empty database, or beside what is there
unity move --from URL --to URL [--runs] [--merge]   from one database into another without a file

A URL is like DATABASE_URL, which is used where none is given; then METRICS_URL says where its samples are, if elsewhere. Of another
database that is said by --from-metrics URL and --to-metrics URL. --runs takes the list of runs along, --merge adds to a database that is
in use already: what is there stays. Stop Unity before you import into its database.
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
  const from = () => readEnd("from", values, surroundings.env);
  const to = () => readEnd("to", values, surroundings.env);
  const { runs = false, merge = false } = values;
  const known = readEnv(surroundings.env);
  const parts = { ...surroundings, runs, merge, say, upgrading: upgradingOf(known), samples: known.samples };
  switch (command) {
    case "export":
      return runExport({ ...parts, file: file ?? defaultName(), end: from() });
    case "import":
      if (!file) throw new WrongUse("unity import wants the name of a file.");
      return runImport({ ...parts, file, end: to() });
    case "move":
      if (!values.from || !values.to) throw new WrongUse("unity move wants --from URL and --to URL.");
      return runMove({ ...parts, from: from(), to: to() });
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
      options: { from: url, to: url, "from-metrics": url, "to-metrics": url, runs: flag, merge: flag },
    });
  } catch (error) {
    throw new WrongUse(messageOf(error));
  }
}

type Given = Partial<Record<"from" | "to" | "from-metrics" | "to-metrics", string | undefined>>;

/** Where samples are goes with DATABASE_URL: another database has them in itself, unless an option says where. @throws WrongUse */
export function readEnd(name: "from" | "to", given: Given, env: Surroundings["env"]): End {
  const url = given[name];
  const metricsUrl = given[`${name}-metrics`];
  const own = url === undefined ? readEnv(env) : undefined;
  return {
    database: own?.database ?? readUrl(`--${name}`, () => parseDatabaseUrl(url ?? "")),
    metrics: metricsUrl === undefined ? own?.metrics : readUrl(`--${name}-metrics`, () => parseMetricsUrl(metricsUrl)),
  };
}

function readUrl<T>(option: string, parse: () => T): T {
  try {
    return parse();
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
  readonly upgrading: Upgrading;
  readonly samples: "auto" | "chunks";
  say(line: string): void;
}

async function runExport({ file, end, ...parts }: Common & { file: string; end: End }): Promise<void> {
  const { say, screen, signal, runs } = parts;
  const { stores, isRunning } = await openSource(end, parts);
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
    say(await describeSecrets(stores.connection));
  } finally {
    await closeEnd(stores);
  }
}

async function runImport({ file, end, ...parts }: Common & { file: string; end: End }): Promise<void> {
  const { say, screen, signal, merge } = parts;
  say(`Reading ${file} once, whether it is whole.`);
  const archive = await openArchive(file, signal);
  try {
    if (archive.header.backup) throw new Error(`${file} is a backup. Put it back with: unity restore ${file}`);
    const target = await openTarget(end, parts);
    try {
      let offset = 0;
      const progress = startProgress(screen, { title: "import", total: archive.bytes, done: () => offset });
      const filled = await importArchive(target, {
        ...{ archive, merge, signal, shown: showEnd(end) },
        begins: ({ position }) => position.series >= 0 && say("It goes on where it was interrupted."),
        took(piece, bytes) {
          offset += bytes;
          progress.add(samplesOf(piece), bytes);
        },
      });
      progress.end();
      sayFilled(filled, end, say);
      await settleSecrets(target.connection, readEnv(parts.env).keys, say);
    } finally {
      await closeEnd(target);
    }
  } finally {
    await archive.close();
  }
}

async function runMove({ from, to, ...parts }: Common & { from: End; to: End }): Promise<void> {
  const { say, screen, signal, merge, runs } = parts;
  const { stores: source, isRunning } = await openSource(from, parts);
  try {
    const target = await openTarget(to, parts);
    try {
      let progress: Progress | undefined;
      const filled = await moveDatabase(source, target, {
        ...{ isRunning, runs, merge, signal, shown: showEnd(to) },
        begins({ header, position }) {
          if (position.series >= 0) say("It goes on where it was interrupted.");
          progress = startProgress(screen, { title: "move", total: header.samples, done: ({ samples }) => samples });
        },
        took: (piece) => progress?.add(samplesOf(piece), bytesOf(piece)),
      });
      progress?.end();
      sayFilled(filled, to, say);
      await settleSecrets(target.connection, readEnv(parts.env).keys, say);
    } finally {
      await closeEnd(target);
    }
  } finally {
    await closeEnd(source);
  }
}

export const samplesOf = (piece: Piece) => (piece.kind === "samples" ? piece.count : 0);
const bytesOf = (piece: Piece) => (piece.kind === "samples" || piece.kind === "rollups" ? piece.data.length : 0);

/** For people. */
export function sayFilled(
  { samples, series, renamed, tooOld, leftBehind }: Filled,
  end: End,
  say: (line: string) => void,
): void {
  const what = leftBehind > 0 ? "every sample" : "everything";
  say(`${showEnd(end)} has ${what}: ${samples} samples came just now, of ${series} series.`);
  for (const name of renamed) say(`An instance is named "${name}" there: its name was taken.`);
  if (tooOld > 0) say(`${tooOld} samples are from before what is kept there as samples; their hours are there.`);
  if (end.metrics) say("The server drops those that are older than its -retentionPeriod.");
  if (leftBehind > 0)
    say(`${leftBehind} hours and days stay behind: the server keeps none, and adds up the samples that it has.`);
}
