import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statfsSync, truncateSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const BYTES = 16 * 1_024 * 1_024;
/** A file that was closed is let go of when the thread that had it open has ended. */
const TRIES = 50;

/** A small file system of a test's own. */
export interface TestDisk {
  readonly folder: string;
  /** Until there is no room for anything, or for so many bytes only. */
  fill(leaveBytes?: number): void;
  makeRoom(): void;
  /** As an administrator does it: while nothing on it is open for writing. */
  setReadOnly(isReadOnly: boolean): Promise<void>;
  close(): Promise<void>;
}

/** @throws where this process may not mount */
export function openTestDisk(): TestDisk {
  const folder = mkdtempSync(join(tmpdir(), "unity-disk-"));
  try {
    run("mount", "-t", "tmpfs", "-o", `size=${BYTES}`, "tmpfs", folder);
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw error;
  }
  const ballast = join(folder, "ballast");
  return {
    folder,
    fill(leaveBytes = 0) {
      const { bavail, bsize } = statfsSync(folder);
      writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - leaveBytes)));
    },
    makeRoom: () => rmSync(ballast),
    setReadOnly: (isReadOnly) => again(() => run("mount", "-o", `remount,${isReadOnly ? "ro" : "rw"}`, folder)),
    async close() {
      await again(() => run("umount", folder));
      await rm(folder, { recursive: true });
    },
  };
}

/** A disk that fails: the system then lets nobody write to it any more, also to files that are open. */
export interface FailingDisk {
  readonly folder: string;
  fail(): void;
  /** Takes it out, repairs and mounts it again: nothing on it may be open. */
  repair(): Promise<void>;
  close(): Promise<void>;
}

/** @throws where this process may not mount, or cannot make a file system in a file */
export function openFailingDisk(): FailingDisk {
  const folder = mkdtempSync(join(tmpdir(), "unity-disk-"));
  const image = `${folder}.img`;
  const mount = () => run("mount", "-o", "loop", image, folder);
  const removeAll = () => {
    rmSync(folder, { recursive: true });
    rmSync(image, { force: true });
  };
  try {
    writeFileSync(image, "");
    truncateSync(image, BYTES);
    run("mkfs.ext4", "-q", image);
    mount();
  } catch (error) {
    removeAll();
    throw error;
  }
  return {
    folder,
    fail() {
      // What is on the disk for good stays there.
      run("sync", "-f", folder);
      run("mount", "-o", "remount,abort", folder);
    },
    async repair() {
      await again(() => run("umount", folder));
      try {
        run("e2fsck", "-y", image);
      } catch {
        // It says by its exit code that there was something to repair.
      }
      mount();
    },
    async close() {
      await again(() => run("umount", folder));
      removeAll();
    },
  };
}

/** Why such a disk cannot be had here; undefined when it can. */
export async function whyNoDisk(open: () => { close(): Promise<void> }): Promise<string | undefined> {
  try {
    await open().close();
    return undefined;
  } catch (error) {
    return `a file system cannot be mounted here: ${String(error)
      .split("\n")
      .find((line) => /mount|mkfs/.test(line))}`;
  }
}

function run(program: string, ...args: string[]): void {
  execFileSync(program, args, { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, LC_ALL: "C" } });
}

async function again(work: () => void): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return work();
    } catch (error) {
      if (tries === TRIES) throw error;
    }
    await pause(100);
  }
}
