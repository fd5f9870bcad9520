import type { ApiDocument } from "./http/api/document";
import type { Context } from "./trpc/init";
import type { AppRouter } from "./trpc/router";

/** What the entry hands to the pages. Next bundles its own copy of every module, so pages reach the server only here. */
export interface Runtime {
  readonly router: AppRouter;
  /** @param headers of a request that came through the entry */
  createContext(headers: Readonly<Record<string, string>>): Promise<Context>;
  /** What `/api/v1/openapi.json` says. */
  apiDocument(): ApiDocument;
}

const KEY = Symbol.for("unity.runtime");

export function setRuntime(runtime: Runtime): void {
  Reflect.set(globalThis, KEY, runtime);
}

/** @throws Error when pages run without the entry, as in `next build` or `next start` */
export function getRuntime(): Runtime {
  // Set above, in this file's other copy: the entry's.
  const runtime = Reflect.get(globalThis, KEY) as Runtime | undefined;
  if (!runtime)
    throw new Error("Unity's server is not running in this process. Start it with npm start or npm run dev.");
  return runtime;
}
