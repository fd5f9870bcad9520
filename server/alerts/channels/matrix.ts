import { z } from "zod";
import { secret, serviceUrl, tlsOptions } from "../../../plugins/sdk/config";
import { bytesOf, cutText } from "../deliver/cut-text";
import { escapeHtml } from "../deliver/escape";
import { fieldOf, judgeAnswer } from "../deliver/judge-answer";
import { linksOf } from "../deliver/links-of";
import { postJson } from "../deliver/post-json";
import type { Message } from "../shapes/message";
import { defineChannel } from "./channel";

/** An event has 65,536 bytes, and holds the text twice, once escaped to five times its length. */
const MOST_TEXT_BYTES = 8_000;
const MOST_TITLE_BYTES = 250;

export const matrix = defineChannel({
  kind: "matrix",
  title: "Matrix",
  help: "Messages in a Matrix room, on any homeserver. Not in rooms that are encrypted.",
  setup: [
    "Make an account for Unity on your homeserver, and copy its access token: in Element under Settings, Help & About, Advanced.",
    "Invite it to a room without encryption and join with it. The room's id is in Element under Room settings, Advanced.",
  ],
  config: z.object({
    url: serviceUrl().meta({ title: "Homeserver", placeholder: "https://matrix.lab" }),
    token: secret().meta({ title: "Access token" }),
    room: z
      .string()
      .trim()
      .max(255)
      .regex(/^!\S+$/, "The room's id, as !abc:matrix.lab.")
      .meta({ title: "Room", placeholder: "!abc:matrix.lab" }),
    tls: tlsOptions(),
  }),
  async send({ url, token, room, tls }, message, doors) {
    const path = `/_matrix/client/v3/rooms/${encodeURIComponent(room)}/send/m.room.message/${encodeURIComponent(message.id)}`;
    const answer = await postJson(doors, `${url.replace(/\/+$/, "")}${path}`, {
      // The server knows the transaction's id: what is sent twice is there once.
      method: "PUT",
      tls,
      headers: { authorization: `Bearer ${token}` },
      json: contentOf(message),
    });
    return judgeAnswer(answer, doors.now, (body) => typeof fieldOf(body, "event_id") === "string");
  },
});

function contentOf(message: Message) {
  const title = cutText(message.title, MOST_TITLE_BYTES, bytesOf);
  const text = cutText(message.text, MOST_TEXT_BYTES, bytesOf);
  const links = linksOf(message);
  const named = links.map((link) => `<a href="${escapeHtml(link.url)}">${escapeHtml(link.title)}</a>`);
  const lines = escapeHtml(text).replaceAll("\n", "<br/>");
  return {
    msgtype: "m.text",
    body: [title, text, ...links.map((link) => `${link.title}: ${link.url}`)].filter((line) => line).join("\n"),
    format: "org.matrix.custom.html",
    formatted_body: [`<strong>${escapeHtml(title)}</strong>`, lines, named.join(" · ")]
      .filter((line) => line)
      .join("<br/>"),
    // Nobody is mentioned, whatever names are in the text.
    "m.mentions": {},
  };
}
