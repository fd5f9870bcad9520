import { Buffer } from "node:buffer";
import { EventEmitter } from "node:events";
import { CollectError, type Conversation } from "../sdk";

/** One message; a row of ours has a few hundred bytes. */
const MAX_MESSAGE_BYTES = 4 * 1_024 * 1_024;
/** One letter for the kind, then the length with itself (PostgreSQL documentation, 55.7 Message Formats). */
const HEAD_BYTES = 5;
const LENGTH_BYTES = 4;

/**
 * A conversation as the client library wants its socket: it is handed whole messages. So the connection is one that the
 * context opened, with its guard, its time-outs and its end.
 */
export class MessageSocket extends EventEmitter {
  readyState: "open" | "closed" = "open";
  readonly #conversation: Conversation;
  #writing: Promise<void> = Promise.resolve();
  #reading = false;
  #leaving = false;

  constructor(conversation: Conversation) {
    super();
    this.#conversation = conversation;
  }

  write(data: Uint8Array, done?: () => void): boolean {
    this.#writing = this.#writing
      .then(() => this.#conversation.write(data))
      .then(done)
      .catch((error: unknown) => this.#end(error));
    // The server says nothing before it is asked.
    if (!this.#reading) {
      this.#reading = true;
      this.#read().catch((error: unknown) => this.#end(error));
    }
    return true;
  }

  /** Says goodbye and waits for the server to hang up: cut off at once, it would log a lost connection. */
  end(data: Uint8Array): void {
    this.#leaving = true;
    this.write(data);
  }

  destroy(): void {
    this.#end();
  }

  async #read(): Promise<void> {
    while (this.readyState === "open") {
      const head = Buffer.from(await this.#conversation.read(HEAD_BYTES));
      const length = head.readUInt32BE(1);
      if (length < LENGTH_BYTES || length > MAX_MESSAGE_BYTES)
        throw new CollectError("protocol", "What answered does not speak PostgreSQL's protocol.", {
          hint: "Check the port.",
        });
      const body = await this.#conversation.read(length - LENGTH_BYTES);
      if (this.readyState === "open") this.emit("data", Buffer.concat([head, body]));
    }
  }

  #end(error?: unknown): void {
    if (this.readyState === "closed") return;
    this.readyState = "closed";
    this.#conversation.close();
    const lost = error !== undefined && !this.#leaving;
    if (lost) this.emit("error", error);
    this.emit("close", lost);
  }
}
