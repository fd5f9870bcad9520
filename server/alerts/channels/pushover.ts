import { z } from "zod";
import { secret } from "../../../plugins/sdk/config";
import { cutText } from "../deliver/cut-text";
import { fieldOf, judgeAnswer } from "../deliver/judge-answer";
import { linksOf } from "../deliver/links-of";
import type { Message } from "../shapes/message";
import { defineChannel } from "./channel";

const URL_OF_API = "https://api.pushover.net/1/messages.json";
const MOST_TITLE = 250;
const MOST_TEXT = 1_024;
const MOST_LINK = 512;
/** Of an emergency: each minute, for an hour. */
const RETRY_SECONDS = 60;
const EXPIRE_SECONDS = 3_600;

export const pushover = defineChannel({
  kind: "pushover",
  title: "Pushover",
  help: "Push messages to phones by pushover.net; critical ones until somebody says that they saw them.",
  setup: [
    "At pushover.net create an application named Unity and copy its API token.",
    "Fill it in here with your user key, or a group's, from the dashboard.",
  ],
  config: z.object({
    token: secret()
      .regex(/^\w{30}$/, "It has 30 letters and digits.")
      .meta({ title: "API token" }),
    user: secret()
      .regex(/^\w{30}$/, "It has 30 letters and digits.")
      .meta({ title: "User or group key" }),
    device: z
      .string()
      .trim()
      .regex(/^[\w,-]{0,200}$/, "Names of devices, with commas between them.")
      .default("")
      .meta({ title: "Devices", description: "Empty: all of them.", advanced: true }),
    emergency: z
      .boolean()
      .default(false)
      .meta({ title: "Repeat critical alerts until they are acknowledged in the app" }),
  }),
  async send(config, message, doors) {
    const answer = await doors.fetch(URL_OF_API, {
      method: "POST",
      headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(fieldsOf(config, message)).toString(),
    });
    return judgeAnswer(answer, doors.now, (body) => fieldOf(body, "status") === 1);
  },
});

function fieldsOf(
  { token, user, device, emergency }: { token: string; user: string; device: string; emergency: boolean },
  message: Message,
): Record<string, string> {
  const link = linksOf(message).find(({ url }) => url.length <= MOST_LINK);
  const priority = priorityOf(message, emergency);
  return {
    token,
    user,
    title: cutText(message.title, MOST_TITLE),
    // It refuses a message without one.
    message: cutText(message.text || message.title || "Unity", MOST_TEXT),
    priority: String(priority),
    timestamp: String(Math.floor((message.alerts[0]?.since ?? 0) / 1_000) || ""),
    ...(priority === 2 ? { retry: String(RETRY_SECONDS), expire: String(EXPIRE_SECONDS) } : {}),
    ...(link ? { url: link.url, url_title: cutText(link.title, 100) } : {}),
    ...(device ? { device } : {}),
  };
}

/** 2 repeats, 1 is heard in quiet hours, -1 makes no sound. */
function priorityOf({ severity, state, kind }: Message, emergency: boolean): -1 | 0 | 1 | 2 {
  if (state === "resolved" || severity === "info") return -1;
  if (severity === "warning") return 0;
  return emergency && kind === "alerts" ? 2 : 1;
}
