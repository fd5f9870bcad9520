import { z } from "zod";
import { secret, serviceUrl, tlsOptions } from "../../../plugins/sdk/config";
import { bytesOf, cutText, jsonBytesOf } from "../deliver/cut-text";
import { fieldOf, judgeAnswer } from "../deliver/judge-answer";
import { linksOf } from "../deliver/links-of";
import { postJson } from "../deliver/post-json";
import type { Message } from "../shapes/message";
import { defineChannel } from "./channel";

/** The server's own limit is 4,096; more becomes an attached file. */
const MOST_TEXT_BYTES = 4_000;
/** The server reads twice the limit of JSON, all of it. */
const MOST_JSON_BYTES = 7_500;
const MOST_TITLE = 250;
const MOST_ACTIONS = 3;
const MOST_LABEL = 60;
const MOST_LINK = 700;

const PRIORITIES = { info: 2, warning: 4, critical: 5 } as const;

export const ntfy = defineChannel({
  kind: "ntfy",
  title: "ntfy",
  help: "Push messages to phones and browsers, by ntfy.sh or a server of your own.",
  setup: [
    "Install the ntfy app and subscribe to a topic with a name that nobody guesses: whoever knows it can read it.",
    "Fill in the server and the topic here. On a server with accounts, make an access token and fill it in.",
  ],
  config: z.object({
    topic: secret()
      .regex(/^[-\w]{1,64}$/, "Letters, digits, - and _, at most 64.")
      .meta({ title: "Topic", description: "The name that the app is subscribed to." }),
    url: serviceUrl().default("https://ntfy.sh").meta({ title: "Server" }),
    token: secret().optional().meta({ title: "Access token", description: "Where the topic is protected: tk_…" }),
    tls: tlsOptions(),
  }),
  async send({ topic, url, token, tls }, message, doors) {
    const answer = await postJson(doors, url, {
      tls,
      headers: token ? { authorization: `Bearer ${token}` } : {},
      json: bodyOf(topic, message),
    });
    return judgeAnswer(answer, doors.now, (body) => typeof fieldOf(body, "id") === "string");
  },
});

function bodyOf(topic: string, message: Message) {
  const { id, title, text, severity, state } = message;
  const links = linksOf(message).filter((link) => link.url.length <= MOST_LINK);
  const rest = {
    topic,
    title: cutText(title, MOST_TITLE, bytesOf),
    priority: state === "resolved" ? 3 : PRIORITIES[severity],
    tags: [state === "resolved" ? "white_check_mark" : severity === "info" ? "information_source" : "warning"],
    // Since 2.16: what is sent twice is shown once. Not the group's: the app replaces without a sound, and what is new must be heard.
    sequence_id: id,
    ...(links[0] ? { click: links[0].url } : {}),
    actions: links.slice(0, MOST_ACTIONS).map((link) => ({
      action: "view",
      label: cutText(link.title, MOST_LABEL),
      url: link.url,
    })),
  };
  const room = MOST_JSON_BYTES - bytesOf(JSON.stringify(rest));
  const short = cutText(text, MOST_TEXT_BYTES, bytesOf);
  return { ...rest, message: cutText(short, room, jsonBytesOf) };
}
