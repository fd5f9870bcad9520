import { type CollectContext, CollectError } from "../sdk";
import type { Config } from "./config";

const KSTAT = "/proc/spl/kstat/zfs";

/**
 * The state of each pool as the kernel's own file has it, which can be read also while zpool hangs.
 * @returns undefined where there is no ZFS module
 */
export async function readKernelStates(context: CollectContext<Config>): Promise<Map<string, string> | undefined> {
  const names = await quiet(context, () => context.listDir(KSTAT));
  if (!names) return undefined;
  const states = new Map<string, string>();
  for (const name of names) {
    // Beside the pools' folders there are files as arcstats, and their "file/state" is not there.
    const state = await quiet(context, () => context.readFile(`${KSTAT}/${name}/state`));
    if (state !== undefined) states.set(name, state.trim());
  }
  return states;
}

async function quiet<T>(context: CollectContext<Config>, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    return undefined;
  }
}
