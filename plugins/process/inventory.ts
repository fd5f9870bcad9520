import { CollectError, type Inventory } from "../sdk";
import { readCommand } from "./command";
import type { CpuTime } from "./cpu-time";
import type { Matched } from "./match-watches";
import { TICKS_PER_SECOND } from "./parse";
import type { Context, Seen } from "./read-processes";
import { redactCommand } from "./redact-command";
import { isProgram, shownName, sumUp } from "./sums";

/** Rows of each list. */
const MAX_ROWS = 20;

interface Parts {
  readonly processes: readonly Seen[];
  readonly watched: readonly Matched[];
  readonly cpuTime: CpuTime | undefined;
  readonly bootTime: number | undefined;
  userOf(uid: string): string;
}

/** Single processes with their pids, which are no labels: what to look for with ps or kill. A pid is a name, not an amount. */
export async function describeProcesses(context: Context, parts: Parts): Promise<Inventory> {
  const { processes, watched, cpuTime, bootTime, userOf } = parts;
  const rows = processes.filter(isProgram).map((process) => ({ process, ...sumUp([process], cpuTime) }));
  const busy = [...rows].sort((a, b) => b.cpuSeconds - a.cpuSeconds || b.memoryBytes - a.memoryBytes);
  const large = [...rows].sort((a, b) => b.memoryBytes - a.memoryBytes);
  const chosen = [...new Set([...busy.slice(0, MAX_ROWS / 2), ...large])].slice(0, MAX_ROWS);
  const largest = [];
  for (const { process, cpuSeconds, memoryBytes } of chosen) {
    const { pid, comm, details, state, threads, startTicks } = process;
    largest.push({
      pid: String(pid),
      process: shownName(comm),
      user: userOf(details?.uid ?? ""),
      state,
      cpuRatio: cpuTime ? cpuSeconds / cpuTime.elapsed : null,
      memoryBytes,
      threads,
      startedTimestampSeconds: bootTime === undefined ? null : bootTime + startTicks / TICKS_PER_SECOND,
      ...(context.config.includeCommands ? { command: await shownCommand(context, process) } : {}),
    });
  }
  return {
    facts: { processes: processes.length, kernelThreads: processes.filter(({ kernel }) => kernel).length },
    lists: {
      processes: largest,
      zombies: describeZombies(processes),
      watched: watched.map(({ watch, members }) => ({
        watch: watch.name,
        looksAt: watch.match,
        pids: members
          .slice(0, MAX_ROWS)
          .map(({ pid }) => pid)
          .join(", "),
      })),
    },
  };
}

/** A zombie cannot be killed; its parent has to take leave of it. So the parent is what to know. */
function describeZombies(processes: readonly Seen[]) {
  const byPid = new Map(processes.map((process) => [process.pid, process]));
  return processes
    .filter(({ state }) => state === "zombie")
    .slice(0, MAX_ROWS)
    .map(({ pid, comm, parentPid }) => ({
      pid: String(pid),
      process: shownName(comm),
      parentPid: String(parentPid),
      parent: shownName(byPid.get(parentPid)?.comm ?? "?"),
    }));
}

async function shownCommand(context: Context, { pid, state }: Seen): Promise<string | null> {
  // Reading the command line of what is stuck may never return.
  if (state === "disk_sleep") return null;
  try {
    return redactCommand(await readCommand(context, pid));
  } catch (error) {
    if (context.signal.aborted || !(error instanceof CollectError)) throw error;
    return null;
  }
}
