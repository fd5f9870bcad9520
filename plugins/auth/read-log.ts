import { type CollectContext, CollectError, readJournal, tailFile } from "../sdk";
import type { Config } from "./config";
import type { Ledger } from "./ledger";
import { parseLine } from "./parse-line";
import { parseMessage } from "./parse-message";
import type { AuthState } from "./state";

type Context = CollectContext<Config>;

/** A minute of a flood; more waits for the next run. */
const MAX_LINES = 20_000;
const MAX_BYTES = 8 * 1_024 * 1_024;
const MAX_LINE_BYTES = 4_096;
/** A log that nobody wrote to for so long was left behind when the journal took over. */
const STALE_MS = 7 * 86_400_000;
/** syslog's facilities auth and authpriv: what goes into auth.log. */
const FACILITIES = ["SYSLOG_FACILITY=4", "SYSLOG_FACILITY=10"];

/**
 * Reads what was logged about logins since the last run, from files or the journal.
 *
 * @returns what was read: a path, several, or `journal`
 * @throws CollectError `not_found` when there is nothing to read, `permission`
 */
export async function readLog(context: Context, state: AuthState, ledger: Ledger): Promise<string> {
  const { source } = context.config;
  const files = source === "journal" ? [] : await findFiles(context);
  const isStale = files.every(({ mtimeMs }) => context.now - mtimeMs > STALE_MS);
  if (source === "file" || (source === "auto" && !isStale)) return readFiles(context, files, state, ledger);
  try {
    return await readFromJournal(context, state, ledger);
  } catch (error) {
    const isAway = error instanceof CollectError && ["missing_tool", "not_found"].includes(error.reason);
    if (context.signal.aborted || !isAway || source === "journal") throw error;
    return readFiles(context, files, state, ledger);
  }
}

async function findFiles(context: Context): Promise<{ path: string; mtimeMs: number }[]> {
  const found: { path: string; mtimeMs: number }[] = [];
  for (const path of context.config.logFiles) {
    try {
      const { type, mtimeMs } = await context.stat(path);
      if (type === "file") found.push({ path, mtimeMs });
    } catch (error) {
      if (context.signal.aborted || !(error instanceof CollectError) || error.reason !== "not_found") throw error;
      // Between the renaming of a log and its new file there is none; what was read before is looked for.
      if (Object.hasOwn(state(context), path)) found.push({ path, mtimeMs: context.now });
    }
  }
  return found;
}

const state = ({ memory }: Context) => memory.recall<AuthState>("state")?.value.places ?? {};

async function readFiles(
  context: Context,
  files: readonly { path: string }[],
  state: AuthState,
  ledger: Ledger,
): Promise<string> {
  const startAt = state.hasBegun ? "beginning" : "end";
  const options = {
    startAt,
    encoding: "utf-8",
    maxLineBytes: MAX_LINE_BYTES,
    maxLines: MAX_LINES,
    maxBytes: MAX_BYTES,
  } as const;
  let read = 0;
  for (const { path } of files) {
    const known = Object.hasOwn(state.places, path) ? state.places[path] : undefined;
    try {
      await tailFile(context, path, known, options, (step) => {
        state.places[path] = step.place;
        for (const line of step.lines) countLine(context.config, ledger, line);
        return true;
      });
      read += 1;
    } catch (error) {
      if (context.signal.aborted || !(error instanceof CollectError) || error.reason !== "not_found") throw error;
      // One run may pass between the old file and the new one.
      if (known) read += 1;
      delete state.places[path];
    }
  }
  if (read === 0)
    throw new CollectError("not_found", `There is no log of logins: ${context.config.logFiles.join(", ")}.`, {
      hint: "Name the file under Log files, or read from the journal.",
    });
  state.hasBegun = true;
  return files.map(({ path }) => path).join(", ");
}

function countLine(config: Config, ledger: Ledger, line: string): void {
  const parsed = parseLine(line);
  const event = parsed && parseMessage(parsed.program, parsed.message, config);
  if (event) ledger.count(event, parsed.at);
}

async function readFromJournal(context: Context, state: AuthState, ledger: Ledger): Promise<string> {
  const { units, journalDirectory: directory } = context.config;
  const ofUnits = units.map((unit) => `_SYSTEMD_UNIT=${unit}`);
  const filters = [...FACILITIES, ...(ofUnits.length > 0 ? ["+", ...ofUnits] : [])];
  const answer = await readJournal(context, state.journal, {
    filters,
    directory,
    startAt: "end",
    maxEntries: MAX_LINES,
  });
  state.journal = answer.place;
  for (const { identifier, message, atMs } of answer.entries) {
    const event = parseMessage(identifier, message.slice(0, MAX_LINE_BYTES), context.config);
    if (event) ledger.count(event, atMs);
  }
  state.hasBegun = true;
  return "journal";
}
