import { z } from "zod";
import { secret } from "../../../plugins/sdk/config";
import { bytesOf, cutText } from "../deliver/cut-text";
import { fieldOf, judgeAnswer } from "../deliver/judge-answer";
import { linksOf } from "../deliver/links-of";
import { postJson } from "../deliver/post-json";
import { tagOf } from "../deliver/tag-of";
import type { Message, MessageAlert } from "../shapes/message";
import { defineChannel } from "./channel";

const URLS = {
  us: "https://events.pagerduty.com/v2/enqueue",
  eu: "https://events.eu.pagerduty.com/v2/enqueue",
} as const;
const MOST_SUMMARY = 1_024;
/** 512 KB in all. */
const MOST_TEXT_BYTES = 20_000;
const MOST_LINE_BYTES = 500;

export const pagerduty = defineChannel({
  kind: "pagerduty",
  title: "PagerDuty",
  help: "Incidents at PagerDuty that Unity opens, keeps up to date and resolves.",
  setup: [
    "At PagerDuty open a service, Integrations, and add the integration Events API V2.",
    "Copy its integration key and fill it in here. A test opens an incident of the lowest severity: resolve it there.",
  ],
  config: z.object({
    key: secret()
      .regex(/^\w{32}$/, "It has 32 letters and digits.")
      .meta({ title: "Integration key" }),
    region: z.enum(["us", "eu"]).default("us").meta({ title: "Service region" }),
  }),
  async send({ key, region }, message, doors) {
    const answer = await postJson(doors, URLS[region], { json: eventOf(key, message) });
    return judgeAnswer(answer, doors.now, (body) => fieldOf(body, "status") === "success");
  },
});

function eventOf(key: string, message: Message) {
  const [first] = message.alerts;
  const links = linksOf(message);
  // Told twice it stays one incident, and what is told of the group later changes it.
  const known = { routing_key: key, dedup_key: tagOf(message.groupKey) };
  if (message.state === "resolved") return { ...known, event_action: "resolve" };
  return {
    ...known,
    event_action: "trigger",
    client: "Unity",
    ...(links[0] ? { client_url: links[0].url } : {}),
    links: links.map((link) => ({ href: link.url, text: link.title })),
    payload: {
      summary: cutText(message.title || "Unity", MOST_SUMMARY),
      source: first?.host || first?.instance || "Unity",
      severity: message.kind === "alerts" ? message.severity : "info",
      ...(first
        ? { component: first.instance, class: first.ruleName, timestamp: new Date(first.since).toISOString() }
        : {}),
      custom_details: {
        text: cutText(message.text, MOST_TEXT_BYTES, bytesOf),
        alerts: message.alerts.map(lineOf),
        more: message.more,
      },
    },
  };
}

const lineOf = ({ event, instance, summary, value }: MessageAlert) =>
  cutText(
    `${event}: ${summary}${value ? ` (${value})` : ""}${instance ? ` · ${instance}` : ""}`,
    MOST_LINE_BYTES,
    bytesOf,
  );
