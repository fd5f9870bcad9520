import { v7 as createId } from "uuid";
import { CollectError } from "../../plugins/sdk/errors";
import type { Clock } from "../clock";
import type { Connection } from "../db/database";
import type { Secrets } from "../vault/secret-reader";
import { type ChannelBook, openChannelBook, type StoredChannel } from "./channel-book";
import { CHANNEL_KINDS, findChannelKind } from "./channel-kinds";
import type { Channel, ChannelDoors, Delivered, PushKeys } from "./channels/channel";
import { deliver } from "./deliver/deliver";
import { createPushKeys } from "./push-keys";
import type { Message } from "./shapes/message";

/** Where people are told, as the rest of Unity sees it. */
export interface Channels {
  readonly kinds: readonly Channel[];
  readonly book: ChannelBook;
  /** Sends a message once, over the channel as it is. Never throws, and no secret is in what it returns. */
  send(channel: Pick<StoredChannel, "kind" | "config">, message: Message, signal: AbortSignal): Promise<Delivered>;
  /** Really sends a message that says that it is a test. */
  test(channel: StoredChannel): Promise<Delivered>;
  /** What a browser subscribes to, so that Unity alone can push to it. */
  pushKey(): Promise<string>;
}

interface Parts {
  readonly connection: Connection;
  readonly secrets: Secrets;
  openDoors(pushKeys: () => Promise<PushKeys>, signal: AbortSignal): ChannelDoors;
  /** Channels are others. */
  changed(origin: "here" | "elsewhere"): void;
  /** The machine Unity runs on. */
  readonly localHost: string;
  readonly clock: Clock;
}

/** Whoever pressed the button waits. */
const TEST_MS = 30_000;

export async function openChannels({
  connection,
  secrets,
  openDoors,
  changed,
  localHost,
  clock,
}: Parts): Promise<Channels> {
  const book = await openChannelBook(connection, { clock, secrets, changed });
  const pushKeys = createPushKeys(connection, secrets);

  async function send(
    { kind, config }: Pick<StoredChannel, "kind" | "config">,
    message: Message,
    signal: AbortSignal,
  ): Promise<Delivered> {
    const channel = findChannelKind(kind);
    if (!channel) return { ok: false, again: false, answer: `This version of Unity knows no channel "${kind}".` };
    try {
      const known = await secrets.read(channel.config, config);
      return await deliver(channel, known, message, openDoors(pushKeys, signal));
    } catch (error) {
      if (!(error instanceof CollectError)) throw error;
      return { ok: false, again: false, answer: [error.message, error.hint].filter(Boolean).join(" ") };
    }
  }

  return {
    kinds: CHANNEL_KINDS,
    book,
    send,
    test: (channel) => send(channel, makeTest(channel, localHost), AbortSignal.timeout(TEST_MS)),
    pushKey: async () => (await pushKeys()).publicKey,
  };
}

const makeTest = ({ name }: StoredChannel, localHost: string): Message => ({
  id: createId(),
  groupKey: "test",
  kind: "test",
  title: "Test from Unity",
  text: `Unity on ${localHost} can tell you through the channel "${name}". Nothing is wrong.`,
  severity: "info",
  state: "firing",
  alerts: [],
  more: 0,
  url: null,
  actions: [],
});
