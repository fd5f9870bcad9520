import { CollectError, type Reason } from "../../../plugins/sdk/errors";
import { printable } from "../../../plugins/sdk/printable";
import { messageOf } from "../../errors";
import { createRedactor } from "../../redact";
import type { Channel, ChannelDoors, Delivered } from "../channels/channel";
import type { Message } from "../shapes/message";
import { cleanMessage } from "./clean-message";
import { cutText } from "./cut-text";

const MOST_ANSWER = 500;
/** What may be otherwise in a minute. A refused certificate, password or address wants a person. */
const PASSING: ReadonlySet<Reason> = new Set(["timeout", "unreachable", "dns", "protocol", "rate_limited"]);

/**
 * Sends one message, once. Never throws: whatever happened is in what it returns, and no secret is.
 *
 * @param config as it is stored
 */
export async function deliver(
  channel: Channel,
  config: Readonly<Record<string, unknown>>,
  message: Message,
  doors: ChannelDoors,
): Promise<Delivered> {
  const redact = createRedactor(channel.config, config);
  const tidy = (text: string) => cutText(printable(redact(text)), MOST_ANSWER);
  const parsed = channel.config.safeParse(config);
  if (!parsed.success) {
    const { path = [], message: problem = "" } = parsed.error.issues[0] ?? {};
    return {
      ok: false,
      again: false,
      answer: tidy(`The channel's settings are not valid: ${path.join(".")}: ${problem}`),
    };
  }
  try {
    const delivered = await channel.send(parsed.data, cleanMessage(message), doors);
    return { ...delivered, answer: tidy(delivered.answer) };
  } catch (error) {
    const reason = error instanceof CollectError ? error.reason : "internal";
    const hint = error instanceof CollectError && error.hint ? ` ${error.hint}` : "";
    return { ok: false, again: PASSING.has(reason), answer: tidy(`${messageOf(error)}${hint}`) };
  }
}
