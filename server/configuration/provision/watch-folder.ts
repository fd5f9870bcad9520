import { type FSWatcher, watch } from "node:fs";
import type { ConfigSource } from "../config-yaml";
import { readFolder } from "./read-folder";

/** An editor writes a file in several steps; what is heard within is one change. */
const SETTLE_MS = 400;
/** Where changes are not told: network drives, some mounts of containers. */
const POLL_MS = 5_000;

export interface FolderWatch {
  stop(): void;
}

/**
 * Tells what is in the folder at once, and whenever it may have changed, one after the other. What is told was the same twice within a
 * moment: a file that is being written is waited for.
 * @param tell null: there is no such folder. Never throws
 */
export function watchFolder(
  folder: string,
  { tell, failed }: { tell(sources: readonly ConfigSource[] | null): Promise<void>; failed(error: unknown): void },
): FolderWatch {
  let watcher: FSWatcher | undefined;
  let timer: NodeJS.Timeout | undefined;
  let before: string | undefined;
  let isStopped = false;

  function openWatcher(): void {
    if (watcher) return;
    try {
      watcher = watch(folder, { persistent: false }, () => lookIn(SETTLE_MS));
      watcher.on("error", closeWatcher);
    } catch {
      // Not there yet, or not to be watched: it is looked at all the same.
    }
  }
  function closeWatcher(): void {
    watcher?.close();
    watcher = undefined;
  }

  function lookIn(ms: number): void {
    if (isStopped) return;
    clearTimeout(timer);
    timer = setTimeout(() => void look(), ms);
    timer.unref();
  }

  async function look(): Promise<void> {
    openWatcher();
    let next = POLL_MS;
    try {
      const sources = await readFolder(folder);
      const now = JSON.stringify(sources);
      if (now === before) await tell(sources);
      else next = SETTLE_MS;
      before = now;
    } catch (error) {
      before = undefined;
      failed(error);
    }
    lookIn(next);
  }

  lookIn(0);
  return {
    stop() {
      isStopped = true;
      clearTimeout(timer);
      closeWatcher();
    },
  };
}
