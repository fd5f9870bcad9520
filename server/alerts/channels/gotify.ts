import { z } from "zod";
import { secret, serviceUrl, tlsOptions } from "../../../plugins/sdk/config";
import { cutText } from "../deliver/cut-text";
import { fieldOf, judgeAnswer } from "../deliver/judge-answer";
import { linksOf } from "../deliver/links-of";
import { postJson } from "../deliver/post-json";
import { defineChannel } from "./channel";

/** Gotify has no limit; a phone's notification does. */
const MOST_TEXT = 10_000;
const MOST_TITLE = 250;
/** From 8 on the app makes a sound that is heard. */
const PRIORITIES = { info: 2, warning: 5, critical: 8 } as const;

export const gotify = defineChannel({
  kind: "gotify",
  title: "Gotify",
  help: "Push messages to Android and browsers, by a Gotify server of your own.",
  setup: [
    "In Gotify under Apps, create an application named Unity and copy its token.",
    "Fill in the server's address and that token here. A client's token (it begins with C) does not send.",
  ],
  config: z.object({
    url: serviceUrl().meta({ title: "Server", placeholder: "https://gotify.lab" }),
    token: secret().meta({ title: "Application token" }),
    tls: tlsOptions(),
  }),
  async send({ url, token, tls }, message, doors) {
    const links = linksOf(message);
    const answer = await postJson(doors, `${url.replace(/\/+$/, "")}/message`, {
      tls,
      headers: { "x-gotify-key": token },
      json: {
        title: cutText(message.title, MOST_TITLE),
        message: [cutText(message.text, MOST_TEXT), ...links.map((link) => `${link.title}: ${link.url}`)].join("\n"),
        priority: message.state === "resolved" ? 4 : PRIORITIES[message.severity],
        extras: {
          // Else names with stars in them would be formatted.
          "client::display": { contentType: "text/plain" },
          ...(links[0] ? { "client::notification": { click: { url: links[0].url } } } : {}),
        },
      },
    });
    return judgeAnswer(answer, doors.now, (body) => typeof fieldOf(body, "id") === "number");
  },
});
