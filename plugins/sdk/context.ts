/** What a plugin may touch of the world. Every door takes the run's signal, has an end, and can be recorded and replayed. */
export interface CollectContext<C = unknown> extends Doors {
  readonly config: C;
  /** The scheduled tick, epoch milliseconds: readings are stamped with it. */
  readonly now: number;
  /** Ends the run: time-out, removal, shutdown. */
  readonly signal: AbortSignal;
  readonly log: PluginLog;
  readonly memory: Memory;
  /** What others pushed into this instance: nothing, for a plugin without `receive`. */
  received(): Received;
}

/** What came into an instance by push. Counts are totals since Unity started. Instants are epoch milliseconds. */
export interface Received {
  /** When the newest push came, also one before Unity started, as far as its samples say; null: none is known. */
  readonly lastAt: number | null;
  readonly requests: number;
  readonly samples: number;
  /** What was wanted and not kept, by why. */
  readonly refused: Readonly<Record<PushRefusal, number>>;
  /** What says nothing or is not wanted: values that are no number, metrics that are excluded. */
  readonly leftOut: number;
  /** When a series was refused last because there are too many; null: never. */
  readonly fullAt: number | null;
  /** That are kept of it. */
  readonly series: number;
  /** Who pushed last, the newest first. */
  readonly senders: readonly {
    readonly protocol: string;
    /** As it calls itself. */
    readonly program: string;
    readonly address: string;
    readonly lastAt: number;
  }[];
}

/** Why a pushed sample was not kept. */
export type PushRefusal = "too_many_series" | "too_old" | "in_the_future" | "invalid" | "unsupported";

export const NOTHING_RECEIVED: Received = {
  lastAt: null,
  requests: 0,
  samples: 0,
  refused: { too_many_series: 0, too_old: 0, in_the_future: 0, invalid: 0, unsupported: 0 },
  leftOut: 0,
  fullAt: null,
  series: 0,
  senders: [],
};

export interface PluginLog {
  debug(message: string, facts?: Record<string, unknown>): void;
  warn(message: string, facts?: Record<string, unknown>): void;
}

/** What the runner keeps of an instance between runs. Empty after a start; plain data only. */
export interface Memory {
  recall<T>(key: string): { readonly value: T; readonly at: number } | undefined;
  keep(key: string, value: unknown): void;
  /** True on the first run and then each time so many seconds have passed: for parts that are costly to read. */
  due(key: string, seconds: number): boolean;
}

export interface Doors {
  /** HTTP/1.1 over TCP, TLS or a Unix socket, on a fresh connection. @throws CollectError; a status code is no error. */
  fetch(url: string, options?: FetchOptions): Promise<HttpAnswer>;
  /** Runs a tool without a shell. @throws CollectError `missing_tool`, `timeout`, `permission`; an exit code is no error. */
  exec(tool: string, args: readonly string[], options?: ExecOptions): Promise<ExecAnswer>;
  /** @throws CollectError `not_found`, `permission`, or the system's own error */
  readFile(path: string, options?: { maxBytes?: number }): Promise<string>;
  /**
   * A part of a file that grows, as a log: at most `maxBytes` (up to 8 MiB) from an offset on, or so many before its end when the
   * offset is negative. Past the end there is nothing. @throws CollectError as `readFile`; `not_found` for what is no regular file
   */
  readPart(path: string, part: { offset: number; maxBytes: number }): Promise<FilePart>;
  /** Names in a folder, sorted. */
  listDir(path: string): Promise<string[]>;
  readLink(path: string): Promise<string>;
  stat(path: string): Promise<FileFacts>;
  /** Space and inodes of the file system that holds the path. A mount that hangs ends in `timeout`. */
  statfs(path: string, options?: { timeoutMs?: number }): Promise<FileSystemFacts>;
  /** A TCP, TLS or Unix stream. @throws CollectError */
  connect(target: StreamTarget): Promise<Conversation>;
  /** Sends one UDP datagram and waits for one answer. @throws CollectError `timeout`, `unreachable` */
  datagram(target: { host: string; port: number; payload: Uint8Array; timeoutMs?: number }): Promise<Uint8Array>;
  /**
   * Addresses of a name that may be connected to, for tools and libraries with sockets of their own: hand them one of these, never the
   * name, which they would look up anew. @throws CollectError `dns`; `permission` when there are none but link-local and metadata ones
   */
  lookup(host: string, family?: 4 | 6): Promise<{ address: string; family: 4 | 6 }[]>;
  /**
   * A client library behind a question-and-answer face, so that a case can replay it: `open` connects and returns `ask`.
   * Questions and answers are plain JSON. It is closed when the run ends.
   */
  driver<Q, A>(
    name: string,
    open: (signal: AbortSignal) => Promise<OpenDriver<Q, A>>,
  ): Promise<(question: Q) => Promise<A>>;
  /**
   * The same for a library that blocks or may crash: it runs in a process of its own, which is killed at the end of the run.
   *
   * @param module of the plugin's folder, named `<what>-program.ts`, written as `new URL("./<what>-program.js", import.meta.url)`. It
   *   exports `answer(question)`; what it throws is an error of the plugin.
   */
  program<Q, A>(name: string, module: URL): Promise<(question: Q) => Promise<A>>;
  /** Facts of the running process's machine. */
  machine(): Promise<MachineFacts>;
  /** Its parts. Found out behind the scenes, because that takes seconds: undefined until then. */
  hardware(): Promise<HardwareFacts | undefined>;
}

export interface OpenDriver<Q, A> {
  ask(question: Q): Promise<A>;
  close(): Promise<void>;
}

export interface TlsChoice {
  readonly verify?: boolean | undefined;
  readonly caPem?: string | undefined;
  readonly certPem?: string | undefined;
  readonly keyPem?: string | undefined;
  readonly serverName?: string | undefined;
}

export interface FetchOptions {
  readonly method?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | undefined;
  /** Speak to this Unix socket; the URL gives path and Host. */
  readonly socketPath?: string | undefined;
  readonly tls?: TlsChoice | undefined;
  /** Connect to this address instead of the name's; Host and SNI stay. */
  readonly resolve?: string | undefined;
  readonly family?: 4 | 6 | undefined;
  /** Redirects to follow; credentials never go to another origin. Default 3. */
  readonly maxRedirects?: number | undefined;
  /** The body is cut here and `truncated` set. Default 8 MiB. */
  readonly maxBytes?: number | undefined;
  readonly timeoutMs?: number | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly truncated: boolean;
  /** After redirects. */
  readonly url: string;
  readonly redirects: number;
  readonly remoteAddress: string;
  /** Milliseconds of each phase of the last hop, and of everything. */
  readonly timings: Readonly<{
    dns: number;
    connect: number;
    tls: number;
    ttfb: number;
    transfer: number;
    total: number;
  }>;
  readonly tls?: TlsFacts | undefined;
}

export interface TlsFacts {
  readonly protocol: string;
  readonly authorized: boolean;
  /** OpenSSL's word, as `CERT_HAS_EXPIRED`; "" when authorized. */
  readonly authorizationError: string;
  /** What the server sent, leaf first, PEM. */
  readonly chainPem: readonly string[];
  readonly handshakeMs: number;
}

export interface ExecOptions {
  /** Added to PATH, LC_ALL=C and TZ=UTC. Secrets belong here or in stdin, never in the arguments. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly stdin?: string | undefined;
  readonly timeoutMs?: number | undefined;
  /** Prefix `sudo -n`. */
  readonly sudo?: boolean | undefined;
  /** What is printed past 8 MiB is cut, the tool ended and `truncated` set, instead of a failure: for long lists. */
  readonly cut?: boolean | undefined;
  /** Debian package that has the tool, for the hint. */
  readonly package?: string | undefined;
}
export interface ExecAnswer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** True when `cut` was asked for and there was more. */
  readonly truncated?: boolean | undefined;
}

export interface FileFacts {
  readonly type: "file" | "directory" | "socket" | "block" | "other";
  readonly bytes: number;
  readonly mtimeMs: number;
}
export interface FilePart {
  /** Tells the file from another of its name: device and inode. A new file may get the number of a deleted one. */
  readonly id: string;
  /** Size of the whole file when the part was read. */
  readonly bytes: number;
  readonly mtimeMs: number;
  /** Where the part begins. */
  readonly offset: number;
  readonly data: Uint8Array;
}
export interface FileSystemFacts {
  readonly blockBytes: number;
  readonly blocks: number;
  readonly blocksFree: number;
  readonly blocksAvailable: number;
  readonly files: number;
  readonly filesFree: number;
}
/** What a machine is made of; "" and null where nobody says. */
export interface HardwareFacts {
  readonly memory: readonly {
    readonly slot: string;
    readonly bytes: number;
    readonly type: string;
    readonly megahertz: number | null;
    readonly maker: string;
    readonly part: string;
  }[];
  readonly graphics: readonly {
    readonly model: string;
    readonly maker: string;
    readonly memoryBytes: number | null;
    readonly driver: string;
  }[];
  readonly disks: readonly {
    readonly device: string;
    readonly model: string;
    readonly maker: string;
    readonly type: string;
    readonly bus: string;
    readonly bytes: number;
  }[];
}
export interface MachineFacts {
  readonly hostname: string;
  readonly platform: string;
  readonly arch: string;
  readonly cpuCount: number;
  readonly cpuModel: string;
  readonly totalBytes: number;
  readonly freeBytes: number;
  readonly uptimeSeconds: number;
  /** Of the last 1, 5 and 15 minutes; empty on Windows, which has none. */
  readonly loadAverages: readonly number[];
  /** What all CPUs together did since the machine started. */
  readonly cpuSeconds: Readonly<{ user: number; nice: number; system: number; idle: number; irq: number }>;
  readonly interfaces: Readonly<
    Record<string, readonly { address: string; family: "IPv4" | "IPv6"; mac: string; internal: boolean }[]>
  >;
}

export interface StreamTarget {
  readonly transport: "tcp" | "tls" | "unix";
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly path?: string | undefined;
  readonly tls?: TlsChoice | undefined;
  readonly family?: 4 | 6 | undefined;
  readonly timeoutMs?: number | undefined;
}

/** An open stream. Everything read is bounded; the run's signal ends it. */
export interface Conversation {
  readonly remoteAddress: string;
  readonly connectMs: number;
  /** How long reading has waited for the other side so far. Milliseconds; a replayed case waits 1 for each step received. */
  readonly waitedMs: number;
  /** After TLS is up, from the start or by `startTls`. */
  readonly tls: TlsFacts | undefined;
  write(data: string | Uint8Array): Promise<void>;
  /** Up to LF, without CR LF. Latin-1 safe: bytes are read as UTF-8. @throws CollectError `protocol` at the end or past 64 KiB */
  readLine(): Promise<string>;
  /** Exactly so many bytes. @throws CollectError `protocol` when the stream ends first */
  read(bytes: number): Promise<Uint8Array>;
  /** Everything until the other side closes. @throws CollectError past `maxBytes` (default 1 MiB) */
  readAll(maxBytes?: number): Promise<Uint8Array>;
  startTls(choice?: TlsChoice): Promise<void>;
  close(): void;
}
