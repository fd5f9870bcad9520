import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import type { Answer, Request, WorkerOptions } from "./sqlite-protocol";

export interface SqliteClient {
  /** Requests are answered in order. @throws SqliteError */
  send<T>(request: Request): Promise<T>;
  close(): Promise<void>;
}

/** What SQLite said; `code` as `SQLITE_CONSTRAINT_UNIQUE` or `SQLITE_FULL`. */
class SqliteError extends Error {
  override readonly name = "SqliteError";
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

/** The small young generation keeps 25 MB of rows that were read and sent from staying in memory. */
const LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 8 };

export function startSqliteWorker(options: WorkerOptions): SqliteClient {
  const worker = createWorker(options);
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  let nextId = 1;
  let ended: Error | undefined;
  let closing: Promise<void> | undefined;

  const end = (error: Error) => {
    ended ??= error;
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  worker.on("message", ({ id, value, error }: Answer) => {
    const entry = waiting.get(id);
    waiting.delete(id);
    // An idle worker keeps no process alive.
    if (waiting.size === 0) worker.unref();
    if (error) entry?.reject(new SqliteError(error.message, error.code));
    else entry?.resolve(value as never);
  });
  worker.on("error", (error: unknown) => end(error instanceof Error ? error : new Error(String(error))));
  worker.on("exit", () => end(new SqliteError("The database is closed.", "SQLITE_MISUSE")));

  function send<T>(request: Request): Promise<T> {
    if (ended) return Promise.reject(ended);
    return new Promise<T>((resolve, reject) => {
      const id = nextId++;
      waiting.set(id, { resolve, reject });
      worker.ref();
      worker.postMessage({ id, request });
    });
  }

  return {
    send,
    close() {
      closing ??= ended ? Promise.resolve() : send<void>({ op: "close" });
      return closing;
    },
  };
}

/** The worker beside the bundle in production; its TypeScript source, through tsx, in development and tests. */
function createWorker(workerData: WorkerOptions): Worker {
  const options = { workerData, execArgv: [], resourceLimits: LIMITS };
  if (!import.meta.url.endsWith(".ts")) return new Worker(new URL("./sqlite-worker.js", import.meta.url), options);
  const tsx = new URL(
    "dist/esm/api/index.mjs",
    pathToFileURL(createRequire(import.meta.url).resolve("tsx/package.json")),
  ).href;
  const source = new URL("./sqlite-worker.ts", import.meta.url).href;
  // tsx is not passed on to worker threads by its command-line flags: the thread registers it itself.
  const code = `import(${JSON.stringify(tsx)}).then(({ register }) => { register(); return import(${JSON.stringify(source)}); })`;
  return new Worker(code, { ...options, eval: true });
}
