import { type CollectContext, CollectError, type Conversation } from "../sdk";
import { type Config, hostPortOf } from "./config";
import { type Asked, decodeAnswer, encodeQuestion, type Message } from "./dns-message";

export interface Question extends Asked {
  readonly host: string;
  readonly port: number;
}
export interface Answered extends Omit<Message, "truncated"> {
  readonly seconds: number;
}
/** @throws CollectError `timeout`, `unreachable`, `dns`, `protocol`; a response code is no error */
export type AskDns = (question: Question) => Promise<Answered>;

/** A resolver that needs longer is of no use to a browser. */
const ANSWER_MS = 3_000;

/**
 * Asks over UDP, and over TCP (RFC 7766) when the answer did not fit. Behind a driver, because a message's number has to be
 * a random one and the time counts: neither could be replayed.
 */
export function openDns(context: CollectContext<Config>): Promise<AskDns> {
  return context.driver<Question, Answered>("dns", async () => {
    // Loaded at the first run of the first instance: whoever has none does not pay for it.
    // The library is CommonJS: once bundled, its functions are on the default export only.
    const { default: packet } = await import("dns-packet");
    const { randomInt } = await import("node:crypto");
    const ask = async ({ host, port, ...asked }: Question): Promise<Answered> => {
      const id = randomInt(65_536);
      const where = hostPortOf({ host, port });
      const payload = encodeQuestion(packet, id, asked);
      const startedAt = performance.now();
      const bytes = await context.datagram({ host, port, payload, timeoutMs: ANSWER_MS });
      const first = decodeAnswer(packet, bytes, id, where);
      const { truncated: _, ...message } = first.truncated
        ? decodeAnswer(packet, await askOverTcp(context, { host, port }, payload), id, where)
        : first;
      // Whole microseconds: what is finer is noise.
      return { ...message, seconds: Math.round((performance.now() - startedAt) * 1_000) / 1_000_000 };
    };
    return { ask, close: async () => {} };
  });
}

async function askOverTcp(
  { connect }: CollectContext<Config>,
  { host, port }: { host: string; port: number },
  payload: Uint8Array,
): Promise<Uint8Array> {
  const conversation = await connect({ transport: "tcp", host, port, timeoutMs: ANSWER_MS });
  try {
    await conversation.write(Uint8Array.of(payload.length >> 8, payload.length & 255, ...payload));
    return await conversation.read(await readLength(conversation));
  } finally {
    conversation.close();
  }
}

async function readLength(conversation: Conversation): Promise<number> {
  const [high = 0, low = 0] = await conversation.read(2);
  const length = high * 256 + low;
  if (length < 12) throw new CollectError("protocol", "The DNS answer over TCP is shorter than its header.");
  return length;
}
