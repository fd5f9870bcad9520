import { EventEmitter } from "node:events";
import { type CollectContext, CollectError } from "../sdk";

/** A try: agents answer within milliseconds, busy ones within a second. */
const TRY_MS = 2_500;

interface Target {
  readonly address: string;
  readonly port: number;
  readonly retries: number;
}

/**
 * What the SNMP library takes for a socket: each message goes through the context's door, so that a closed port is heard at once, a
 * stranger's answer is dropped and the run's end is obeyed. It repeats what is not answered; the library does not.
 */
export class UdpSocket extends EventEmitter {
  readonly #context: Pick<CollectContext, "datagram" | "signal">;
  readonly #target: Target;
  readonly #fail: (error: unknown) => void;
  #open = true;

  /** @param fail is told when a message gets no answer */
  constructor(context: Pick<CollectContext, "datagram" | "signal">, target: Target, fail: (error: unknown) => void) {
    super();
    this.#context = context;
    this.#target = target;
    this.#fail = fail;
  }

  /** As dgram's: the bytes, where they begin, how many, port, address, and a callback once they are on their way. */
  send(
    bytes: Uint8Array,
    offset: number,
    length: number,
    _port: number,
    _address: string,
    sent: (error: Error | null, bytes: number) => void,
  ): void {
    const payload = new Uint8Array(bytes.subarray(offset, offset + length));
    // The library registers the request in this callback, so it comes before any answer.
    sent(null, length);
    this.#exchange(payload).then(
      (answer) => {
        if (this.#open) this.emit("message", Buffer.from(answer));
      },
      (error: unknown) => {
        if (this.#open) this.#fail(error);
      },
    );
  }

  async #exchange(payload: Uint8Array): Promise<Uint8Array> {
    const { address: host, port, retries } = this.#target;
    for (let tries = 0; ; tries += 1) {
      try {
        return await this.#context.datagram({ host, port, payload, timeoutMs: TRY_MS });
      } catch (error) {
        const isLate = error instanceof CollectError && error.reason === "timeout";
        if (!isLate || tries >= retries || this.#context.signal.aborted) throw error;
      }
    }
  }

  close(): void {
    this.#open = false;
    this.emit("close");
  }

  // It holds nothing that would keep the process alive.
  ref(): void {}
  unref(): void {}
}
