export type StoreName = "postgres" | "mysql" | "redis" | "victoriametrics" | "timescale" | "prometheus";

export interface StoreOptions {
  /** As people run it, for benchmarks; by default a crash of the machine (not of the server) may lose what it acknowledged. */
  readonly durable?: boolean;
  /** For its cache; default 64. */
  readonly memoryMb?: number;
  /** As PEM, for PostgreSQL, MariaDB and Redis: they then speak TLS, Redis nothing else. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

export interface RunningStore {
  /** With name and password. */
  readonly url: string;
  /** Another one after `startAgain`. */
  readonly pid: number;
  /** Its data is in here. */
  readonly folder: string;
  /** As by `kill -9`: it writes nothing any more. Its folder stays. */
  kill(): Promise<void>;
  /** Kills it if it runs, then starts it on the same port with the data it has. @throws Error in words when it does not come up */
  startAgain(): Promise<void>;
  /** Ends when neither process nor folder is left. */
  stop(): Promise<void>;
}

/**
 * Starts a server of this machine on a free port of 127.0.0.1, in a temporary folder, as an unprivileged user. When this process
 * ends in any way, the server is stopped, too. @throws Error in words when it is not installed, or does not come up
 */
export function startStore(name: StoreName, options?: StoreOptions): Promise<RunningStore>;
