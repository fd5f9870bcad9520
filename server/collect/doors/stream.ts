import type { Socket } from "node:net";
import type { Conversation, StreamTarget, TlsChoice, TlsFacts } from "../../../plugins/sdk/context";
import { CollectError } from "../../../plugins/sdk/errors";
import { ByteQueue } from "./byte-queue";
import { withDeadline } from "./deadline";
import { type Dialled, dialTcp, dialUnix } from "./dial";
import { toCollectError } from "./failure";
import type { Guard } from "./guard";
import { secureSocket } from "./secure";

const DEFAULT_TIMEOUT_MS = 10_000;
/** A line of a text protocol; longer ones are another protocol or an attack. */
const MAX_LINE_BYTES = 64 * 1_024;
/** One `read` of a framed protocol; a length field of garbage must not become memory. */
const MAX_READ_BYTES = 8 * 1_024 * 1_024;
const DEFAULT_ALL_BYTES = 1_024 * 1_024;
const LINE_FEED = 10;

interface Surroundings {
  readonly signal: AbortSignal;
  readonly guard: Guard;
}

/** Opens a TCP, TLS or Unix stream. `timeoutMs` bounds the connecting, and each read and write after it. */
export async function openStream(target: StreamTarget, { signal, guard }: Surroundings): Promise<Conversation> {
  const timeoutMs = target.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const where = placeOf(target);
  const host = target.host ?? "";
  return withDeadline({ signal, timeoutMs, where }, async (inner) => {
    const dialled =
      target.transport === "unix"
        ? await dialUnix(target.path ?? "", inner)
        : await dialTcp({ host, port: target.port ?? 0, family: target.family }, guard, inner);
    const stream = new Stream(dialled, { where, host, timeoutMs, signal, tls: target.tls ?? {} });
    if (target.transport === "tls") await stream.secure(target.tls ?? {}, inner);
    if (inner.aborted) stream.close();
    return stream;
  });
}

function placeOf(target: StreamTarget): string {
  if (target.transport === "unix") return target.path ?? "the socket";
  return target.host?.includes(":") ? `[${target.host}]:${target.port}` : `${target.host}:${target.port}`;
}

interface Setting {
  readonly where: string;
  readonly host: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly tls: TlsChoice;
}

/**
 * Reads on demand: the socket stays paused, so what the other side sends ahead fills Node's 64 KiB and then the
 * kernel's buffer, never this process's memory.
 */
class Stream implements Conversation {
  readonly remoteAddress: string;
  readonly connectMs: number;
  readonly #setting: Setting;
  readonly #pending = new ByteQueue();
  readonly #onAbort = () => this.close();
  #socket: Socket;
  #tls: TlsFacts | undefined;
  #waitedMs = 0;

  constructor(dialled: Dialled, setting: Setting) {
    this.remoteAddress = dialled.remoteAddress;
    this.connectMs = dialled.connectMs;
    this.#socket = dialled.socket;
    this.#setting = setting;
    if (setting.signal.aborted) this.close();
    else setting.signal.addEventListener("abort", this.#onAbort, { once: true });
  }

  get tls(): TlsFacts | undefined {
    return this.#tls;
  }

  get waitedMs(): number {
    return this.#waitedMs;
  }

  write(data: string | Uint8Array): Promise<void> {
    return this.#bounded(
      () =>
        new Promise<void>((resolve, reject) => {
          this.#socket.write(data, (error) => (error ? reject(error) : resolve()));
        }),
    );
  }

  readLine(): Promise<string> {
    return this.#bounded(async () => {
      let searched = 0;
      for (;;) {
        const end = this.#pending.indexOf(LINE_FEED, searched);
        if (end >= 0)
          return this.#pending
            .take(end + 1)
            .toString("utf8")
            .replace(/\r?\n$/, "");
        searched = this.#pending.length;
        if (searched > MAX_LINE_BYTES) throw this.#protocol("sent a line longer than 64 KiB");
        if (!(await this.#fill())) throw this.#protocol("closed the connection within a line");
      }
    });
  }

  read(bytes: number): Promise<Uint8Array> {
    return this.#bounded(async () => {
      if (!(bytes >= 0 && bytes <= MAX_READ_BYTES)) throw this.#protocol(`announced ${bytes} bytes, which is too much`);
      while (this.#pending.length < bytes)
        if (!(await this.#fill())) throw this.#protocol("closed the connection too early");
      return this.#pending.take(bytes);
    });
  }

  readAll(maxBytes = DEFAULT_ALL_BYTES): Promise<Uint8Array> {
    return this.#bounded(async () => {
      do {
        if (this.#pending.length > maxBytes) throw this.#protocol(`sent more than ${maxBytes} bytes`);
      } while (await this.#fill());
      return this.#pending.take(maxBytes);
    });
  }

  async startTls(choice?: TlsChoice): Promise<void> {
    await this.#bounded((inner) => this.secure(choice ?? this.#setting.tls, inner));
  }

  async secure(choice: TlsChoice, signal: AbortSignal): Promise<void> {
    // Plain text sent ahead of the handshake would be taken for protected text after it (as in CVE-2011-0411).
    if (this.#pending.length > 0) throw this.#protocol("sent text before the TLS handshake");
    const { where, host } = this.#setting;
    const { socket, facts } = await secureSocket(this.#socket, { host, where }, choice, signal);
    this.#socket = socket;
    this.#tls = facts;
    if (this.#setting.signal.aborted) this.close();
  }

  close(): void {
    this.#setting.signal.removeEventListener("abort", this.#onAbort);
    this.#socket.destroy();
  }

  #bounded<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { signal, timeoutMs, where } = this.#setting;
    return withDeadline({ signal, timeoutMs, where }, async (inner) => {
      try {
        return await work(inner);
      } catch (error) {
        throw toCollectError(error, where);
      }
    });
  }

  /** Takes what is there, or waits for more. @returns false at the end of the stream */
  async #fill(): Promise<boolean> {
    const startedAt = performance.now();
    try {
      return await this.#takeOrWait();
    } finally {
      this.#waitedMs += performance.now() - startedAt;
    }
  }

  async #takeOrWait(): Promise<boolean> {
    const socket = this.#socket;
    const chunk: Buffer | null = socket.read();
    if (chunk) {
      this.#pending.push(chunk);
      return true;
    }
    if (socket.errored) throw socket.errored;
    if (socket.readableEnded || socket.destroyed) return false;
    await new Promise<void>((resolve, reject) => {
      const clean = () => {
        socket.off("readable", onReady).off("end", onReady).off("close", onReady).off("error", onError);
      };
      const onReady = () => {
        clean();
        resolve();
      };
      const onError = (error: Error) => {
        clean();
        reject(error);
      };
      socket.on("readable", onReady).on("end", onReady).on("close", onReady).on("error", onError);
    });
    return this.#takeOrWait();
  }

  #protocol(what: string): CollectError {
    return new CollectError("protocol", `${this.#setting.where} ${what}.`, {
      hint: "Check that the port belongs to this kind of service.",
    });
  }
}
