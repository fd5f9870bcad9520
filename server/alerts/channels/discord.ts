import { z } from "zod";
import { cutEscaped } from "../deliver/cut-text";
import { escapeMarkdown } from "../deliver/escape";
import { hookUrl } from "../deliver/hook-url";
import { fieldOf, judgeAnswer } from "../deliver/judge-answer";
import { linksOf } from "../deliver/links-of";
import { postJson } from "../deliver/post-json";
import type { Message } from "../shapes/message";
import { defineChannel } from "./channel";

/** Of an embed: 256 and 4,096, counted with what escapes. */
const MOST_TITLE = 256;
const MOST_DESCRIPTION = 4_096;
const COLOURS = { info: 0x3b82f6, warning: 0xf59e0b, critical: 0xef4444 } as const;
const RESOLVED = 0x22c55e;

export const discord = defineChannel({
  kind: "discord",
  title: "Discord",
  help: "Messages in a channel of a Discord server.",
  setup: [
    "In Discord open the channel's settings, Integrations, Webhooks, and make a new webhook.",
    "Copy the webhook's URL and fill it in here: https://discord.com/api/webhooks/… Whoever knows it can write there.",
  ],
  config: z.object({
    url: hookUrl().meta({ title: "Webhook URL" }),
    username: z.string().trim().max(80).default("Unity").meta({ title: "Name", description: "Who seems to write." }),
  }),
  async send({ url, username }, message, doors) {
    const address = new URL(url);
    // Without it, a message that is not kept is no error.
    address.searchParams.set("wait", "true");
    const answer = await postJson(doors, address.href, {
      json: { username, allowed_mentions: { parse: [] }, embeds: [embedOf(message)] },
    });
    return judgeAnswer(answer, doors.now, (body) => typeof fieldOf(body, "id") === "string");
  },
});

function embedOf(message: Message) {
  const links = linksOf(message);
  const named = links.map(
    (link) => `[${escapeMarkdown(link.title)}](<${link.url.replace(/[<>\s]/g, encodeURIComponent)}>)`,
  );
  const foot = named.length === 0 ? "" : `\n${named.join(" · ")}`;
  const title = cutEscaped(message.title, MOST_TITLE, escapeMarkdown);
  return {
    title,
    description: `${cutEscaped(message.text, MOST_DESCRIPTION - foot.length, escapeMarkdown)}${foot}`,
    ...(links[0] ? { url: links[0].url } : {}),
    color: message.state === "resolved" ? RESOLVED : COLOURS[message.severity],
  };
}
