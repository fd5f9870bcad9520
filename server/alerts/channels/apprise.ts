import { z } from "zod";
import { headerMap, secret, serviceUrl, tlsOptions } from "../../../plugins/sdk/config";
import { bytesOf, cutText } from "../deliver/cut-text";
import { judgeAnswer } from "../deliver/judge-answer";
import { linksOf } from "../deliver/links-of";
import { postJson } from "../deliver/post-json";
import { defineChannel } from "./channel";

/** Each service behind it cuts as it must. */
const MOST_TEXT_BYTES = 20_000;
const MOST_TITLE_BYTES = 250;
const TYPES = { info: "info", warning: "warning", critical: "failure" } as const;

export const apprise = defineChannel({
  kind: "apprise",
  title: "Apprise API",
  help: "More than a hundred other services, by an Apprise API server of your own.",
  setup: [
    "Run the Apprise API server, open its configuration manager and save your services under a key.",
    "Fill in the server's address and that key here; a tag chooses some of the services.",
  ],
  config: z.object({
    url: serviceUrl().meta({ title: "Server", placeholder: "http://apprise.lab:8000" }),
    key: secret()
      .regex(/^[\w-]{1,128}$/, "Letters, digits, - and _.")
      .meta({ title: "Configuration key" }),
    tag: z
      .string()
      .trim()
      .max(200)
      .default("")
      .meta({ title: "Tag", description: "Empty: every service under the key.", placeholder: "phone" }),
    headers: headerMap(),
    tls: tlsOptions(),
  }),
  async send({ url, key, tag, headers, tls }, message, doors) {
    const links = linksOf(message).map((link) => `${link.title}: ${link.url}`);
    const answer = await postJson(doors, `${url.replace(/\/+$/, "")}/notify/${key}`, {
      tls,
      headers,
      json: {
        title: cutText(message.title, MOST_TITLE_BYTES, bytesOf),
        body: [cutText(message.text || message.title, MOST_TEXT_BYTES, bytesOf), ...links].join("\n"),
        type: message.state === "resolved" ? "success" : TYPES[message.severity],
        format: "text",
        ...(tag ? { tag } : {}),
      },
    });
    if (answer.status === 204)
      return { ok: false, again: false, answer: "204: there is nothing under this key, or nothing with this tag" };
    // 424, some services failed, is not tried again: those that did not would tell it twice.
    return judgeAnswer(answer, doors.now, (_, body) => !/^\s*</.test(body));
  },
});
