import { z } from "zod";
import { bytesOf, cutText } from "../deliver/cut-text";
import { hookUrl } from "../deliver/hook-url";
import { judgeAnswer } from "../deliver/judge-answer";
import { linksOf } from "../deliver/links-of";
import { postJson } from "../deliver/post-json";
import type { Message } from "../shapes/message";
import { defineChannel } from "./channel";

/** 28 KB in all. */
const MOST_TEXT_BYTES = 8_000;
const MOST_TITLE_BYTES = 250;
/** Each line costs a block. */
const MOST_LINES = 60;
const COLOURS = { info: "accent", warning: "warning", critical: "attention" } as const;

export const teams = defineChannel({
  kind: "teams",
  title: "Microsoft Teams",
  help: "Cards in a channel or chat of Microsoft Teams, by a workflow.",
  setup: [
    'In Teams open the channel\'s menu, Workflows, and choose "Send webhook alerts to a channel".',
    "Copy the URL that the workflow shows at the end and fill it in here. Whoever knows it can write there.",
  ],
  config: z.object({ url: hookUrl().meta({ title: "Workflow URL" }) }),
  async send({ url }, message, doors) {
    const card = { contentType: "application/vnd.microsoft.card.adaptive", contentUrl: null, content: cardOf(message) };
    const answer = await postJson(doors, url, { json: { type: "message", attachments: [card] } });
    // Connectors of old answer 200 with the failure in words.
    return judgeAnswer(answer, doors.now, (_, body) => !/failed|error|^\s*</i.test(body));
  },
});

function cardOf(message: Message) {
  const title = cutText(message.title, MOST_TITLE_BYTES, bytesOf);
  const all = cutText(message.text, MOST_TEXT_BYTES, bytesOf).split("\n");
  const lines = [...all.slice(0, MOST_LINES), ...(all.length > MOST_LINES ? ["…"] : [])];
  const links = linksOf(message);
  const color = message.state === "resolved" ? "good" : COLOURS[message.severity];
  // Runs of text know no Markdown; blocks of text would.
  const run = (text: string, more: object = {}) => ({ type: "TextRun", text: text || " ", ...more });
  return {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    msteams: { width: "Full" },
    body: [
      { type: "RichTextBlock", inlines: [run(title, { weight: "bolder", size: "medium", color })] },
      ...lines.map((line) => ({ type: "RichTextBlock", spacing: "none", inlines: [run(line)] })),
    ],
    ...(links.length === 0 ? {} : { actions: links.map((link) => ({ type: "Action.OpenUrl", ...link })) }),
  };
}
