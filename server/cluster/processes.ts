import type { Lane } from "../collect/scheduler";

/** A Unity that lives. */
export interface Process {
  readonly id: string;
  /** The machine it runs on. */
  readonly host: string;
}

/** What decides who collects an instance. */
export interface Shareable {
  readonly id: string;
  readonly host: string;
  readonly lane: Lane;
}

/** Who there is. */
export interface Company {
  /** That live. */
  readonly processes: readonly Process[];
  /** Machines that are known to be others, whose processes are gone. */
  readonly gone: readonly string[];
}

/**
 * Who is to collect an instance: each process comes to the same answer by itself, and few change hands when one comes or goes. What
 * reads the machine that it runs on is collected there only. The only process collects what is of no other machine that it knows of:
 * its own may have had another name.
 * @returns undefined where no process can
 */
export function processFor(instance: Shareable, { processes, gone }: Company): string | undefined {
  const isOwn = ({ host }: Process) =>
    host === instance.host || (processes.length === 1 && !gone.includes(instance.host));
  const able = instance.lane === "network" ? processes : processes.filter(isOwn);
  let best: string | undefined;
  let most = -1;
  for (const { id } of able) {
    const weight = mix(`${id} ${instance.id}`);
    // Ids are unique; of equal weights the smaller one wins, everywhere.
    if (weight > most || (weight === most && best !== undefined && id < best)) {
      best = id;
      most = weight;
    }
  }
  return best;
}

/** FNV-1a, then stirred: ids that differ in their last letters only are far apart. */
function mix(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
