import type { Memory } from "../sdk";
import { type Container, hasEnded } from "./parse";
import type { Details } from "./parse-inspect";

/** Name of a container, and when it was started before it ran out of memory, epoch seconds. */
type Ends = readonly (readonly [string, number | undefined])[];

/**
 * Whether a container ran out of memory: it says so itself, or the engine's events do. An engine that hears of it only after the
 * container ended leaves its mark out for good; so what events told is remembered until the container is started again.
 * @param told names of the events since the last run
 */
export function openOomMemory(memory: Memory, told: ReadonlySet<string>) {
  const ends = new Map(memory.recall<Ends>("oomEnds")?.value ?? []);
  return {
    wasKilled(container: Container, { oomKilled, startedAt }: Details): boolean {
      const { name } = container;
      if (!hasEnded(container)) {
        ends.delete(name);
        return told.has(name) || hasMark(container, oomKilled);
      }
      if (told.has(name)) ends.set(name, startedAt);
      else if (ends.get(name) !== startedAt) ends.delete(name);
      return ends.has(name) || oomKilled === true;
    },
    /** @param shown containers that there are */
    keep(shown: readonly Container[]): void {
      const names = new Set(shown.map(({ name }) => name));
      memory.keep("oomEnds", [...ends].filter(([name]) => names.has(name)) satisfies Ends);
    },
  };
}

export type OomMemory = ReturnType<typeof openOomMemory>;

/** Docker 20 leaves the mark of the last end on a container that runs again: old news, which events told when it was new. */
const hasMark = ({ state }: Container, oomKilled: boolean | undefined) => oomKilled === true && state !== "running";
