import { CollectError, type FileFacts, toLabel } from "../sdk";
import { findFiles } from "./find-files";
import { parseHeader } from "./header";
import { HeaderAnswer, type Kind, parseAnswer } from "./parse";
import type { Access, Found, Survey } from "./survey";

export interface Databases {
  readonly databases: readonly Found[];
  readonly total: number;
  readonly truncated: boolean;
}

/** Paths that were databases in an earlier run: one that is none any more was overwritten. */
const KNOWN = "known";

/** @throws CollectError when nothing is named, or nothing of it can be read */
export async function findDatabases(survey: Survey): Promise<Databases> {
  const { context, report } = survey;
  const { paths, scanDirs, maxDatabases } = context.config;
  if (paths.length === 0 && scanDirs.length === 0)
    throw new CollectError("not_found", "No database is named.", {
      hint: "Write the path of a database, or of a folder to look through.",
    });
  const candidates = await findFiles(context);
  const problems = [...candidates.problems];
  const known = new Set(context.memory.recall<readonly string[]>(KNOWN)?.value ?? []);
  const databases: Found[] = [];
  let foreign = 0;
  for (const candidate of candidates.files) {
    const one = await look(survey, candidate.path).catch((error: unknown) => {
      if (context.signal.aborted || !(error instanceof CollectError) || error.reason === "internal") throw error;
      return error;
    });
    const isKnown = known.has(candidate.path);
    if (isDatabase(one, candidate.isNamed && !isKnown)) databases.push(one);
    // What is found by looking around may be something else, or somebody else's business.
    else if (!candidate.isNamed && !isKnown) continue;
    else if (one instanceof CollectError) problems.push(one);
    else {
      foreign += 1;
      report("sqlite_readable", 0, { database: toLabel(candidate.path) });
    }
  }
  context.memory.keep(KNOWN, [...new Set([...known, ...databases.map(({ path }) => path)])].slice(-1_000));
  const [first] = problems;
  if (first && databases.length === 0 && foreign === 0) throw first;
  for (const { reason, message } of problems) report.partial(reason, message);
  return {
    databases: databases.slice(0, maxDatabases),
    total: databases.length,
    truncated: candidates.truncated || databases.length > maxDatabases,
  };
}

/** An empty file is a database that nobody has written yet, unless it was one before. */
const isDatabase = (one: Found | CollectError | undefined, mayBeEmpty: boolean): one is Found =>
  one !== undefined && !(one instanceof CollectError) && (one.header !== undefined || mayBeEmpty);

/** @returns undefined when it is no database */
async function look({ context, ask }: Survey, path: string): Promise<Found | undefined> {
  const facts = await context.stat(path);
  if (facts.type !== "file") throw new CollectError("not_found", `${path} is not a file.`);
  const answer = parseAnswer(HeaderAnswer, await ask({ read: "header", path }));
  if (!answer.ok) throw refusal(path, answer.kind);
  const header = parseHeader(answer.value.header);
  if (!header && facts.bytes > 0) return undefined;
  const [wal, shm, journal] = [
    await besides(context, `${path}-wal`),
    await besides(context, `${path}-shm`),
    await besides(context, `${path}-journal`),
  ];
  return {
    path,
    database: toLabel(path),
    bytes: facts.bytes,
    walBytes: wal?.bytes ?? 0,
    journalBytes: journal?.bytes ?? 0,
    modifiedAtMs: Math.max(facts.mtimeMs, wal && wal.bytes > 0 ? wal.mtimeMs : 0),
    header,
    how: accessOf(header?.journalMode === "wal", wal, shm),
  };
}

const refusal = (path: string, kind: Kind) =>
  kind === "refused"
    ? new CollectError("permission", `${path} may not be read by the user Unity runs as.`)
    : new CollectError("not_found", `${path} is not there any more.`);

function accessOf(keepsLog: boolean, wal: FileFacts | undefined, shm: FileFacts | undefined): Access {
  if (!keepsLog || (wal && shm)) return "live";
  return wal && wal.bytes > 0 ? "none" : "immutable";
}

async function besides(context: Survey["context"], path: string): Promise<FileFacts | undefined> {
  try {
    return await context.stat(path);
  } catch (error) {
    if (error instanceof CollectError && error.reason === "not_found") return undefined;
    throw error;
  }
}
