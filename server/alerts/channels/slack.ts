import { z } from "zod";
import { cutEscaped, cutText } from "../deliver/cut-text";
import { escapeSlack } from "../deliver/escape";
import { hookUrl } from "../deliver/hook-url";
import { judgeAnswer } from "../deliver/judge-answer";
import { linksOf } from "../deliver/links-of";
import { postJson } from "../deliver/post-json";
import { defineChannel } from "./channel";

/** Of a header, and of a text in a block. */
const MOST_TITLE = 150;
const MOST_BLOCK = 3_000;
/** A link longer than this would leave no room for others. */
const MOST_LINK = 700;

export const slack = defineChannel({
  kind: "slack",
  title: "Slack",
  help: "Messages in a channel of Slack, or of Mattermost and Rocket.Chat, which take the same.",
  setup: [
    "At api.slack.com/apps create an app from scratch, switch Incoming Webhooks on and add a webhook to a channel.",
    "Copy the webhook's URL and fill it in here: https://hooks.slack.com/services/… Whoever knows it can write there.",
  ],
  config: z.object({ url: hookUrl().meta({ title: "Webhook URL" }) }),
  async send({ url }, message, doors) {
    const links = linksOf(message).filter((link) => link.url.length <= MOST_LINK);
    const named = links.map(
      (link) => `<${link.url.replace(/[<>|\s]/g, encodeURIComponent)}|${escapeSlack(link.title).replaceAll("|", "")}>`,
    );
    const foot = named.join(" · ");
    const words = (text: string, most: number) => ({ type: "plain_text", text: cutText(text, most), emoji: false });
    const answer = await postJson(doors, url, {
      json: {
        // What a notification shows; and the whole message where blocks are not known.
        text: cutEscaped(`${message.title}\n${message.text}`, MOST_BLOCK, escapeSlack),
        unfurl_links: false,
        blocks: [
          { type: "header", text: words(message.title || "Unity", MOST_TITLE) },
          ...(message.text ? [{ type: "section", text: words(message.text, MOST_BLOCK) }] : []),
          ...(foot ? [{ type: "context", elements: [{ type: "mrkdwn", text: foot, verbatim: true }] }] : []),
        ],
      },
    });
    return judgeAnswer(answer, doors.now, (_, body) => /^\s*(ok|\{.*"ok":true.*\})?\s*$/s.test(body));
  },
});
