import { z } from "zod";
import { secret } from "../../../plugins/sdk/config";
import { bytesOf, cutText, jsonBytesOf } from "../deliver/cut-text";
import { judgeAnswer } from "../deliver/judge-answer";
import { linksOf } from "../deliver/links-of";
import { tagOf } from "../deliver/tag-of";
import type { Message } from "../shapes/message";
import { defineChannel } from "./channel";

/** RFC 8291: 3,993 bytes come through every push service, before they are encrypted. */
const MOST_NOTE_BYTES = 3_900;
const MOST_ACTION_BYTES = 60;
const MOST_TITLE_BYTES = 250;
const MOST_LINK = 600;
/** A phone that is off hears it when it is on again, within a day. */
const TTL_SECONDS = 86_400;
const URGENCIES = { info: "low", warning: "normal", critical: "high" } as const;

const key = (bytes: number) =>
  secret()
    .regex(/^[\w-]+={0,2}$/, "As the browser gave it: base64url.")
    .refine((text) => Buffer.from(text, "base64url").length === bytes, `It has ${bytes} bytes.`);

export const webPush = defineChannel({
  kind: "web-push",
  title: "Web push",
  help: "Notifications of one browser, on a computer or a phone, also while Unity is not open there.",
  setup: [
    "Open Unity over https in the browser that shall be told, add this channel there and allow notifications. The rest is filled in by the browser.",
    "On an iPhone or iPad, add Unity to the home screen first, and open it there.",
    "Fill in an address of yours: the browser's maker may write there if something is wrong with what Unity sends.",
  ],
  config: z.object({
    endpoint: secret()
      .max(2_000)
      .regex(/^https:\/\/[^\s@]+$/, "As the browser gave it: https://…")
      .refine((address) => URL.canParse(address), "This is no address.")
      .meta({ title: "Endpoint" }),
    p256dh: key(65).meta({ title: "Key of the browser (p256dh)" }),
    auth: key(16).meta({ title: "Authentication secret (auth)" }),
    contact: z
      .string()
      .trim()
      .max(254)
      .regex(/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/, "An address, as anna@example.org.")
      .meta({ title: "Your address", placeholder: "anna@example.org" }),
  }),
  async send({ endpoint, p256dh, auth, contact }, message, doors) {
    const { default: webpush } = await import("web-push");
    const { publicKey, privateKey } = await doors.pushKeys();
    const subscription = { endpoint, keys: { p256dh, auth } };
    const { headers, body } = webpush.generateRequestDetails(subscription, JSON.stringify(noteOf(message)), {
      vapidDetails: { subject: `mailto:${contact}`, publicKey, privateKey },
      TTL: TTL_SECONDS,
      contentEncoding: "aes128gcm",
      urgency: message.state === "resolved" ? "low" : URGENCIES[message.severity],
      // Of what waits for a browser that is off, the newest of a group takes the place of the older.
      topic: tagOf(message.groupKey),
    });
    const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    const answer = await doors.fetch(endpoint, { method: "POST", headers: sent, ...(body ? { body } : {}) });
    if (answer.status === 404 || answer.status === 410)
      return { ok: false, again: false, answer: `${answer.status}: the browser has unsubscribed; add it anew` };
    return judgeAnswer(answer, doors.now);
  },
});

/** What Unity's worker in the browser shows. `tag`: a newer message takes the place of an older one of its group, and is heard. */
function noteOf(message: Message) {
  const [open, ...actions] = linksOf(message).filter((link) => link.url.length <= MOST_LINK);
  const rest = {
    id: message.id,
    tag: tagOf(message.groupKey),
    title: cutText(message.title, MOST_TITLE_BYTES, bytesOf),
    severity: message.severity,
    state: message.state,
    url: open?.url ?? null,
    // Browsers show two.
    actions: actions.slice(0, 2).map(({ title, url }) => ({ title: cutText(title, MOST_ACTION_BYTES, bytesOf), url })),
  };
  const room = MOST_NOTE_BYTES - bytesOf(JSON.stringify(rest));
  return { ...rest, body: cutText(message.text, room, jsonBytesOf) };
}
