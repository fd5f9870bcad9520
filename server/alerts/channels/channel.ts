import type { Socket } from "node:net";
import type { z } from "zod";
import type { ExecAnswer, FetchOptions, HttpAnswer } from "../../../plugins/sdk/context";
import type { Message } from "../shapes/message";

/** What became of a message. `answer` is what the service said, for people, without secrets. */
export type Delivered =
  | { readonly ok: true; readonly answer: string }
  | {
      readonly ok: false;
      readonly answer: string;
      /** It may go better later: the network, a time-out, too many requests, a fault of the service. */
      readonly again: boolean;
      /** The service asked to wait for so long. */
      readonly retryAfterMs?: number;
    };

/** The world as a channel reaches it. Every door has an end, and refuses addresses that hand out credentials. */
export interface ChannelDoors {
  /** Over the time is a CollectError `timeout`; a status is no error. Credentials are not sent on to another host. */
  fetch(url: string, request: ChannelRequest): Promise<HttpAnswer>;
  /** A TCP connection. Whoever asks for it ends it. @throws CollectError */
  dial(host: string, port: number): Promise<Socket>;
  /** Runs an executable by its absolute path, without a shell. @throws CollectError; an exit code is no error */
  run(path: string, options: { env: Readonly<Record<string, string>>; stdin: string }): Promise<ExecAnswer>;
  /** What Unity signs web pushes with. Made once. */
  pushKeys(): Promise<PushKeys>;
  readonly signal: AbortSignal;
  /** Epoch milliseconds. */
  readonly now: number;
}
export type ChannelRequest = Pick<FetchOptions, "method" | "headers" | "tls"> & { body?: string | Uint8Array };
export interface PushKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** A service that people are told through. One file each, in this folder. */
export interface Channel<Config extends z.ZodObject = z.ZodObject> {
  /** As the file is named. */
  readonly kind: string;
  readonly title: string;
  /** One sentence: what it is, for whom. */
  readonly help: string;
  /** What to make at the service, and what to fill in here: a step a line. */
  readonly setup: readonly string[];
  /** Secrets are marked with the SDK's `secret()`. The form is made of it. */
  readonly config: Config;
  /** Sends one message. What it throws is a failure, a CollectError by its reason. */
  send(config: z.output<Config>, message: Message, doors: ChannelDoors): Promise<Delivered>;
}

/** Checks a definition's types where it is written. */
export const defineChannel = <Config extends z.ZodObject>(channel: Channel<Config>): Channel =>
  // Whoever calls `send` has parsed the configuration by this channel's own schema.
  channel as unknown as Channel;
