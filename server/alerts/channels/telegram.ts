import { z } from "zod";
import { secret, serviceUrl, tlsOptions } from "../../../plugins/sdk/config";
import { cutText } from "../deliver/cut-text";
import { escapeTelegram } from "../deliver/escape";
import { fieldOf, judgeAnswer } from "../deliver/judge-answer";
import { linksOf } from "../deliver/links-of";
import { postJson } from "../deliver/post-json";
import type { Message } from "../shapes/message";
import { defineChannel } from "./channel";

/** Of what is read, not of its markup: 4,096 in all. */
const MOST_TEXT = 3_500;
const MOST_TITLE = 250;

export const telegram = defineChannel({
  kind: "telegram",
  title: "Telegram",
  help: "Messages of a bot to a person, a group or a channel of Telegram.",
  setup: [
    "Write to @BotFather, make a bot with /newbot and copy its token.",
    "Write to your bot, or add it to the group. Open https://api.telegram.org/bot<token>/getUpdates and copy the chat's id; of a group it begins with -.",
  ],
  config: z.object({
    token: secret()
      .regex(/^\d+:[\w-]{20,}$/, "Copy it whole, as 123456:ABC-def…")
      .meta({ title: "Bot token" }),
    chat: z
      .string()
      .trim()
      .regex(/^(-?\d{1,20}|@\w{4,64})$/, "A number, or @name of a public channel.")
      .meta({ title: "Chat", description: "The chat's id.", placeholder: "-1001234567890" }),
    thread: z
      .number()
      .int()
      .min(1)
      .optional()
      .meta({ title: "Topic", description: "Of a group with topics: the topic's number.", advanced: true }),
    url: serviceUrl()
      .default("https://api.telegram.org")
      .meta({ title: "Server", description: "Of a Bot API server of your own.", advanced: true }),
    tls: tlsOptions(),
  }),
  async send({ token, chat, thread, url, tls }, message, doors) {
    const answer = await postJson(doors, `${url.replace(/\/+$/, "")}/bot${token}/sendMessage`, {
      tls,
      json: {
        chat_id: chat,
        ...(thread === undefined ? {} : { message_thread_id: thread }),
        text: textOf(message),
        parse_mode: "HTML",
        link_preview_options: { is_disabled: true },
        disable_notification: message.severity === "info" || message.state === "resolved",
      },
    });
    return judgeAnswer(answer, doors.now, (body) => fieldOf(body, "ok") === true);
  },
});

function textOf(message: Message): string {
  const title = `<b>${escapeTelegram(cutText(message.title, MOST_TITLE))}</b>`;
  // In the text, not as buttons: a button to a host without a dot, as many have at home, makes Telegram refuse the message.
  const links = linksOf(message).map(
    ({ title, url }) => `<a href="${escapeTelegram(url)}">${escapeTelegram(title)}</a>`,
  );
  return [title, escapeTelegram(cutText(message.text, MOST_TEXT)), links.join(" · ")].filter((part) => part).join("\n");
}
