import { findPattern, parsePattern } from "../sdk";

/** What is watched, as it is entered. */
export type WatchEntry =
  | string
  | {
      readonly name: string;
      readonly match: "comm" | "exe" | "cmdline";
      readonly pattern: string;
      readonly min: number;
      readonly max?: number | undefined;
      readonly user?: string | undefined;
    };

export interface Watch {
  readonly name: string;
  /** What of a process is looked at. */
  readonly match: "comm" | "exe" | "cmdline";
  readonly min: number;
  readonly max: number | undefined;
  readonly user: string | undefined;
  /** @throws Error when the text makes the pattern too much work */
  fits(text: string): boolean;
}

/** The kernel keeps so many bytes of a name. */
const COMM_BYTES = 15;
/** For one watch and one process: some milliseconds. Only a contrived command line gets there. */
const MAX_WORK = 200_000;

/** Reads `nginx`, `web = /nginx|caddy/`, `app = cmdline /java .*app\.jar/` or an object. @throws Error that says what is wrong */
export function readWatch(entry: WatchEntry): Watch {
  if (typeof entry !== "string")
    return { ...entry, max: entry.max, user: entry.user, fits: readTest(entry.match, entry.pattern) };
  const [, label, rest = entry] = /^([^=/]{1,100}?)\s*=\s*(\S.*)$/s.exec(entry) ?? [];
  const [, kind = "comm", pattern = rest] = /^(comm|exe|cmdline)\s+(\S.*)$/s.exec(rest) ?? [];
  const match = kind === "exe" || kind === "cmdline" ? kind : "comm";
  return { name: label ?? pattern, match, min: 1, max: undefined, user: undefined, fits: readTest(match, pattern) };
}

/** A pattern between slashes is found anywhere. Else a name or path is meant as it stands, and a command line holds the text. */
function readTest(match: Watch["match"], pattern: string): (text: string) => boolean {
  const [, source, flags = ""] = /^\/(.+)\/([a-z]*)$/s.exec(pattern) ?? [];
  // A path such as /usr/bin/nginx has slashes as well.
  if (source !== undefined && (match === "comm" || /^[ims]*$/.test(flags))) {
    const parsed = parsePattern(source, flags);
    return (text) => findPattern(parsed, text, MAX_WORK);
  }
  if (match === "cmdline") return (text) => text.includes(pattern);
  if (match === "exe") return (text) => text === pattern;
  const name = Buffer.from(pattern).subarray(0, COMM_BYTES).toString();
  return (text) => text === name;
}

/** What is wrong with an entry, or undefined. @param names those before it, to which its own is added */
export function findWatchProblem(entry: WatchEntry, names: Set<string>): string | undefined {
  try {
    const { name, min, max } = readWatch(entry);
    if (name.length > 100) return "The name is longer than 100 characters; write: short name = what to look for.";
    if (names.has(name)) return `There is another watch of the name ${name}.`;
    names.add(name);
    return max !== undefined && max < min ? "The most may not be below the least." : undefined;
  } catch (error) {
    return `The pattern ${error instanceof Error ? error.message : String(error)}.`;
  }
}
