import type { Doors } from "../../../plugins/sdk/context";
import { expandGlob, isGlob } from "../../../plugins/sdk/expand-glob";
import type { Plugin } from "../../../plugins/sdk/plugin";
import type { FileTrace, MountTrace } from "../../../plugins/sdk/trace";

export interface SeenThing {
  readonly plugin: Plugin;
  readonly trace: FileTrace | MountTrace;
  readonly path: string;
  /** "btrfs is mounted at /srv". */
  readonly why: string;
}

/** More of a kind need no card each. */
const MAX_EACH = 20;

type Looking = Pick<Doors, "listDir" | "stat" | "readFile">;

/** Files and mounts that plugins know: at most one a trace, unless it wants each. */
export async function findThings(
  doors: Looking,
  plugins: readonly Plugin[],
  signal: AbortSignal,
): Promise<SeenThing[]> {
  const mounts = parseMounts(await doors.readFile("/proc/self/mounts").catch(() => ""));
  const found: SeenThing[] = [];
  for (const plugin of plugins)
    for (const trace of plugin.discover ?? []) {
      if (signal.aborted) return found;
      if (trace.seen === "file") found.push(...(await findFiles({ ...doors, signal }, plugin, trace)));
      else if (trace.seen === "mount") found.push(...findMounts(mounts, plugin, trace));
    }
  return found;
}

async function findFiles(
  doors: Looking & { signal: AbortSignal },
  plugin: Plugin,
  trace: FileTrace,
): Promise<SeenThing[]> {
  const found: SeenThing[] = [];
  for (const wanted of trace.paths) {
    const paths = isGlob(wanted) ? await expandGlob(doors, wanted).catch(() => []) : [wanted];
    for (const path of paths) {
      const facts = await doors.stat(path).catch(() => undefined);
      if (!facts || (trace.type && facts.type !== trace.type)) continue;
      found.push({ plugin, trace, path, why: `${path} is there` });
      if (!trace.each || found.length >= MAX_EACH) return found;
    }
  }
  return found;
}

function findMounts(mounts: readonly Mount[], plugin: Plugin, trace: MountTrace): SeenThing[] {
  const own = mounts.filter(({ type }) => trace.types.includes(type));
  const [first] = own;
  if (!first) return [];
  const more = own.length > 1 ? `, and ${own.length - 1} more` : "";
  return [{ plugin, trace, path: first.path, why: `${first.type} is mounted at ${first.path}${more}` }];
}

interface Mount {
  readonly path: string;
  readonly type: string;
}

function parseMounts(text: string): Mount[] {
  return text.split("\n").flatMap((line) => {
    const [, path, type] = line.split(" ");
    return path && type ? [{ path: path.replace(/\\(\d{3})/g, fromOctal), type }] : [];
  });
}

/** Spaces and the like, as the kernel writes them. */
const fromOctal = (_: string, code: string) => String.fromCharCode(Number.parseInt(code, 8));
