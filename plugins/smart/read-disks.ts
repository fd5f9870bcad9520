import { type CollectContext, CollectError, matchesAny, toLabel } from "../sdk";
import { eachAtOnce } from "./at-once";
import { findNameById } from "./by-id";
import { type Asked, type Config, listDevices } from "./config";
import type { Disk } from "./disk";
import { identify, unnamed } from "./identity";
import { readHealth } from "./read-health";
import { askDisk, scanDisks } from "./smartctl";

type Context = CollectContext<Config>;

/** Disks on one controller answer one after the other anyway. */
const AT_ONCE = 4;

export interface Problem {
  readonly path: string;
  readonly error: CollectError;
}
interface ReadDisks {
  readonly disks: readonly Disk[];
  readonly problems: readonly Problem[];
  readonly truncated: boolean;
}

/** Asks every disk that is wanted. One that fails is a problem among others. @throws CollectError when none can be listed */
export async function readDisks(context: Context): Promise<ReadDisks> {
  const { exclude, maxItems } = context.config;
  const named = listDevices(context.config);
  const all = named.length > 0 ? named : await scanDisks(context);
  const wanted = all.filter(({ path }) => !matchesAny(path, exclude));
  const disks: Disk[] = [];
  const problems: Problem[] = [];
  const ask = async (asked: Asked) => {
    try {
      disks.push(await readDisk(context, asked));
    } catch (error) {
      if (context.signal.aborted || !(error instanceof CollectError)) throw error;
      // Nothing else will be better for the next disk.
      if (error.reason === "missing_tool" || error.reason === "unsupported_version") throw error;
      problems.push({ path: toLabel(unnamed(asked.path, asked.type)), error: withPath(error, asked) });
    }
  };
  await eachAtOnce(AT_ONCE, wanted.slice(0, maxItems), ask);
  return { disks: chooseDisks(disks, exclude), problems, truncated: wanted.length > maxItems };
}

/** What runs the tool does not know which disk it was for. */
function withPath(error: CollectError, { path }: Asked): CollectError {
  if (error.message.startsWith(path)) return error;
  const { reason, message, hint, elapsedMs } = error;
  return new CollectError(reason, `${path}: ${message}`, { hint, elapsedMs, cause: error });
}

interface Known {
  readonly label: string;
  readonly model: string;
}

async function readDisk(context: Context, asked: Asked): Promise<Disk> {
  const key = `name:${asked.path} ${asked.type ?? ""}`;
  const { standby, exitStatus, answer } = await askDisk(context, asked);
  const { path } = asked;
  if (standby) {
    const known = context.memory.recall<Known>(key)?.value;
    const label = known?.label ?? (await findNameById(context, path)) ?? unnamed(path, asked.type);
    return { state: "standby", path: toLabel(path), exitStatus, label, model: known?.model ?? "" };
  }
  const identity = identify(answer, asked);
  context.memory.keep(key, { label: identity.label, model: identity.model } satisfies Known);
  const { available, enabled } = answer.smart_support ?? {};
  const note = available === false ? "It has no SMART." : enabled === false ? "SMART is off: smartctl -s on." : "";
  return { state: "read", path: toLabel(path), exitStatus, identity, health: readHealth(answer), note };
}

/** Without the excluded; a disk that is found by two paths is one. In the order of their paths. */
function chooseDisks(disks: readonly Disk[], exclude: readonly string[]): Disk[] {
  const sorted = [...disks].sort((a, b) => (a.path < b.path ? -1 : 1));
  const seen = new Set<string>();
  return sorted.filter((disk) => {
    const {
      label,
      model,
      serial = "",
    } = disk.state === "read" ? disk.identity : { label: disk.label, model: disk.model };
    const isExcluded = [label, model, serial].some((name) => name !== "" && matchesAny(name, exclude));
    if (isExcluded || seen.has(label)) return false;
    seen.add(label);
    return true;
  });
}
