import { Buffer } from "node:buffer";
import { EventEmitter } from "node:events";
import type { Conversation } from "../sdk";
import { type Greeting, notMysql } from "./greeting";

/** One packet; a row of ours has a few hundred bytes, the longest list of names some hundred thousand. */
const MAX_PACKET_BYTES = 4 * 1_024 * 1_024;
const HEAD_BYTES = 4;
/** A head, flags, a size, a character set and 23 zeros: it asks for TLS, and the handshake follows at once. */
const TLS_REQUEST_BYTES = HEAD_BYTES + 32;

/**
 * A conversation as the client library wants its socket: it is handed whole packets. So the connection is one that the
 * context opened, with its guard, its time-outs and its end; and what the library throws over a packet that makes no
 * sense ends this connection and not the process.
 */
export class PacketStream extends EventEmitter {
  destroyed = false;
  readonly #conversation: Conversation;
  readonly #where: string;
  #writing: Promise<void> = Promise.resolve();
  #reading = false;
  #leaving = false;

  constructor(conversation: Conversation, where: string) {
    super();
    this.#conversation = conversation;
    this.#where = where;
  }

  /** Hands over what the server said first. The library must be listening. */
  begin({ packet }: Greeting): void {
    this.#hand(packet);
  }

  write(data: Uint8Array, done?: (error?: Error) => void): boolean {
    this.#writing = this.#writing
      .then(() => this.#conversation.write(data))
      .then(() => done?.())
      .catch((error: unknown) => this.#end(error));
    // The server speaks when it was asked; reading during the TLS handshake would take its bytes.
    if (!this.#reading && data.length !== TLS_REQUEST_BYTES) {
      this.#reading = true;
      this.#read().catch((error: unknown) => this.#end(error));
    }
    return true;
  }

  /** What was written before goes out first. */
  async secure(start: () => Promise<void>): Promise<void> {
    await this.#writing;
    await start();
  }

  /** The library has written its goodbye. */
  end(): void {
    this.#leaving = true;
  }

  /** Once the goodbye is sent: cut off before, the server would count an aborted client. */
  async leave(): Promise<void> {
    this.end();
    await this.#writing;
    this.#end();
  }

  pause(): void {}
  resume(): void {}

  destroy(): void {
    this.#end();
  }

  async #read(): Promise<void> {
    while (!this.destroyed) {
      const head = Buffer.from(await this.#conversation.read(HEAD_BYTES));
      const length = head.readUIntLE(0, 3);
      if (length > MAX_PACKET_BYTES) throw notMysql(this.#where);
      const body = await this.#conversation.read(length);
      if (!this.destroyed) this.#hand(Buffer.concat([head, body]));
    }
  }

  #hand(packet: Buffer): void {
    try {
      this.emit("data", packet);
    } catch {
      this.#end(notMysql(this.#where));
    }
  }

  #end(error?: unknown): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.#conversation.close();
    if (error !== undefined && !this.#leaving) this.emit("error", error);
    this.emit("close");
  }
}
