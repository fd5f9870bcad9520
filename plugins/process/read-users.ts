import { CollectError, printable } from "../sdk";
import { parseUsers } from "./parse";
import type { Context } from "./read-processes";

type Names = Readonly<Record<string, string>>;

/** A thousand users have 60 KB. */
const PASSWD_BYTES = 1_048_576;
const NAME_LENGTH = 64;
/** What needs no file to be known. */
const ALWAYS: Names = { "0": "root" };

/** Names of user ids. Who has none there (of a directory service, of a container) is shown by number. */
export async function readUsers(context: Context, refresh: boolean): Promise<(uid: string) => string> {
  const known = context.memory.recall<Names>("users")?.value;
  const names = refresh || !known ? await readNames(context, known ?? ALWAYS) : known;
  context.memory.keep("users", names);
  const shown = new Map<string, string>();
  return (uid) => {
    const name = shown.get(uid) ?? (printable(names[uid] ?? "").slice(0, NAME_LENGTH) || uid);
    shown.set(uid, name);
    return name;
  };
}

/** A file that cannot be read once changes no names: they are in labels. */
async function readNames(context: Context, known: Names): Promise<Names> {
  const { procRoot, passwdFile } = context.config;
  // In a container /etc/passwd has the container's users; the host's first process sees the host's.
  const path = passwdFile || (procRoot === "/proc" ? "/etc/passwd" : `${procRoot}/1/root/etc/passwd`);
  try {
    return parseUsers(await context.readFile(path, { maxBytes: PASSWD_BYTES }));
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    return known;
  }
}
