import { type CollectContext, CollectError, expandGlob, isGlob, type TailPlace, tailFile } from "../sdk";
import type { Config } from "./config";
import type { Judge } from "./judge-lines";
import type { FileSource } from "./sources";
import type { SourceState } from "./state";

type Context = CollectContext<Config>;

/** Of all files of a source together, in one run. */
const MAX_BYTES = 8 * 1_024 * 1_024;
/** A copy of a live log: compressed, numbered or dated at the end of its name. Its live file is read, and it with it. */
const ROTATED = /\.(gz|xz|bz2|zst|lz4|lzma|Z|zip|old|\d{1,3})$|[-.]\d{8}(-?\d{2,6})?$/;

export interface FilesSeen {
  readonly bytes: number;
  readonly unreadBytes: number;
  readonly truncated: boolean;
}

/** Reads what the files of a source got. @throws CollectError when none of them can be read; `not_found` when there is none */
export async function readFiles(
  context: Context,
  source: FileSource,
  state: SourceState,
  judge: Judge,
): Promise<FilesSeen> {
  const { config } = context;
  const paths = await listPaths(context, source.path, state);
  const seen = { bytes: 0, unreadBytes: 0, truncated: paths.length > config.maxItems };
  const left = { lines: config.maxLinesPerCheck, bytes: MAX_BYTES };
  const failures: CollectError[] = [];
  let read = 0;
  for (const path of turn(paths.slice(0, config.maxItems), context.now)) {
    try {
      const end = await readFile(context, path, state, judge, left);
      read += Number(end.present);
      seen.bytes += end.present ? end.bytes : 0;
      seen.unreadBytes += end.unreadBytes;
      if (end.present) state.lastLineAt = Math.max(state.lastLineAt ?? 0, end.mtimeMs);
    } catch (error) {
      if (context.signal.aborted || !(error instanceof CollectError)) throw error;
      if (error.reason === "not_found") forget(state, path);
      failures.push(error);
    }
  }
  const refused = failures.find(({ reason }) => reason !== "not_found");
  if (refused) throw refused;
  state.hasBegun = true;
  if (read === 0)
    throw (
      failures[0] ?? new CollectError("not_found", `No file is found at ${source.path}.`, { hint: "Check the path." })
    );
  return seen;
}

/** Files that were read before are looked for also when the pattern finds them no more: they may have been renamed. */
async function listPaths(context: Context, path: string, state: SourceState): Promise<string[]> {
  if (!isGlob(path)) return [path];
  const found = (await expandGlob(context, path)).filter((file) => !ROTATED.test(file));
  return [...new Set([...found, ...Object.keys(state.places)])].sort();
}

/** Begins with another file each time, so that a busy one does not take all that may be read. */
function turn(paths: readonly string[], now: number): string[] {
  const first = paths.length === 0 ? 0 : Math.floor(now / 1_000) % paths.length;
  return [...paths.slice(first), ...paths.slice(0, first)];
}

async function readFile(
  context: Context,
  path: string,
  state: SourceState,
  judge: Judge,
  left: { lines: number; bytes: number },
) {
  const { encoding, startAt, maxLineBytes } = context.config;
  const options = {
    ...{ encoding, maxLineBytes, maxLines: Math.max(0, left.lines), maxBytes: Math.max(0, left.bytes) },
    startAt: state.hasBegun ? "beginning" : startAt,
  } as const;
  let lines = 0;
  const end = await tailFile(context, path, known(state, path), options, (step) => {
    // All at once: a run that is ended between two chunks counts nothing twice.
    state.places[path] = step.place;
    lines += step.lines.length;
    left.lines -= step.lines.length;
    left.bytes -= step.readBytes;
    state.lines += step.lines.length;
    state.bytes += step.readBytes;
    state.rotations += Number(step.rotated);
    state.dropped.too_long += step.cut;
    state.dropped.lost += Number(step.lost);
    return judge.lines(path, step.lines);
  });
  if (lines === 0) judge.finish(path);
  return end;
}

const known = (state: SourceState, path: string): TailPlace | undefined =>
  Object.hasOwn(state.places, path) ? state.places[path] : undefined;

/** What was at the path is gone for good; something else that appears there is read from its beginning. */
function forget(state: SourceState, path: string): void {
  const place = known(state, path);
  if (place && place.bytes > place.offset) state.dropped.lost += 1;
  delete state.places[path];
}
