import { type CollectContext, CollectError, expandGlob, isGlob } from "../sdk";
import { eachAtOnce } from "./at-once";
import type { Config } from "./config";
import { readCertificates } from "./read-certificates";
import { type Probed, unseen } from "./seen";

type Context = CollectContext<Config>;
const PROTOCOL = "file";
/** Reading blocks one of the process's few threads each. */
const AT_ONCE = 2;
/** A pattern may find paths that are too long for a label. */
const MAX_LABEL = 500;

/**
 * Looks at the files of the settings. A file that a pattern found and that holds no certificate is none of its business; one that
 * was named is.
 */
export async function probeFiles(
  context: Context,
  room: number,
  tell: (one: Probed) => void,
): Promise<{ truncated: boolean }> {
  const named = new Set<string>();
  const found = new Set<string>();
  for (const path of context.config.files) {
    if (!isGlob(path)) {
      named.add(path);
      continue;
    }
    try {
      const paths = await expandGlob(context, path);
      if (paths.length === 0) throw new CollectError("not_found", "No file matches.", { hint: "Check the pattern." });
      for (const each of paths) found.add(each);
    } catch (error) {
      if (context.signal.aborted) throw error;
      tell(unseen(path, PROTOCOL, error));
    }
  }
  const all = [...named, ...[...found].filter((path) => !named.has(path))];
  await eachAtOnce(AT_ONCE, all.slice(0, room), async (path) => {
    const one = await probeFile(context, path, named.has(path));
    if (one) tell(one);
  });
  return { truncated: all.length > room };
}

async function probeFile(context: Context, path: string, isNamed: boolean): Promise<Probed | undefined> {
  const label = path.slice(0, MAX_LABEL);
  try {
    const [leaf, ...others] = await readCertificates(context, path);
    if (leaf) return { ok: true, label, protocol: PROTOCOL, chain: [leaf, ...others] };
    if (!isNamed) return undefined;
    throw new CollectError("parse", "The file holds no certificate.", { hint: "Name the file with the certificate." });
  } catch (error) {
    if (context.signal.aborted) throw error;
    // Patterns meet folders too.
    if (!isNamed && error instanceof CollectError && error.reason === "not_found") return undefined;
    return unseen(label, PROTOCOL, error);
  }
}
