import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished, vi } from "vitest";
import { openEmbeddedStores, type Stores } from "../open-stores";
import type { Filled } from "./fill-target";
import { importArchive, openArchive } from "./import-archive";

// Each opens several databases, which each start two threads.
vi.setConfig({ testTimeout: 90_000 });

/** Of this test; gone after it. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "unity-move-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Closed after this test. */
export async function openFile(file: string): Promise<Stores> {
  const stores = await openEmbeddedStores(file);
  onTestFinished(() => closeFile(stores));
  return stores;
}

/** May be called twice. */
export async function closeFile({ store, close }: Stores): Promise<void> {
  await store.close();
  await close();
}

export const QUIET = { isRunning: false, runs: true, say: () => undefined };

/** @param more as `--merge` and Ctrl-C */
export async function importInto(
  target: Stores,
  file: string,
  more: { merge?: boolean; signal?: AbortSignal; took?: () => void } = {},
): Promise<Filled> {
  const archive = await openArchive(file);
  try {
    return await importArchive(target, { archive, merge: false, shown: "the target", ...more });
  } finally {
    await archive.close();
  }
}
