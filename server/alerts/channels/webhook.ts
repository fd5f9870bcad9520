import { createHmac } from "node:crypto";
import { z } from "zod";
import { headerMap, secret, tlsOptions } from "../../../plugins/sdk/config";
import { fillTemplate, findTemplateProblem } from "../deliver/fill-template";
import { hookUrl } from "../deliver/hook-url";
import { judgeAnswer } from "../deliver/judge-answer";
import { defineChannel } from "./channel";

const FORMATS = ["application/json", "application/x-www-form-urlencoded", "text/plain"] as const;

export const webhook = defineChannel({
  kind: "webhook",
  title: "Webhook",
  help: "A request to any address, with a body of your own, signed where you want: Home Assistant, n8n, Node-RED, your code.",
  setup: [
    "Make an address that takes POST requests and fill it in here.",
    "Without a body of your own, the message is sent as JSON: id, groupKey, kind, title, text, severity, state, alerts, more, url, actions.",
    "With one, {{title}}, {{text}}, {{severity}}, {{state}}, {{kind}}, {{id}}, {{groupKey}} and {{url}} are filled in, escaped for the body's format; {{json}} is the message as JSON.",
    "With a signing secret, requests carry webhook-id, webhook-timestamp and webhook-signature as standardwebhooks.com describes: v1 and the HMAC-SHA256 of id.timestamp.body. The id stays the same when a message is sent again.",
  ],
  config: z
    .object({
      url: hookUrl().meta({ title: "Address" }),
      method: z.enum(["POST", "PUT"]).default("POST").meta({ title: "Method", advanced: true }),
      format: z.enum(FORMATS).default("application/json").meta({ title: "Format of the body" }),
      body: z.string().max(20_000).default("").meta({
        title: "Body",
        description: "Empty: the message as JSON.",
        placeholder: '{"text": "{{title}}"}',
        format: "multiline",
      }),
      signingSecret: secret()
        .max(500)
        .optional()
        .meta({ title: "Signing secret", description: "A text that only you know; or whsec_ and base64." }),
      headers: headerMap(),
      tls: tlsOptions(),
    })
    .superRefine(({ body, format }, context) => {
      const problem = findTemplateProblem(body, format);
      if (problem) context.addIssue({ code: "custom", path: ["body"], message: problem });
    }),
  async send({ url, method, format, body: template, signingSecret, headers, tls }, message, doors) {
    const body = template.trim() === "" ? JSON.stringify(message) : fillTemplate(template, message, format);
    const seconds = String(Math.floor(doors.now / 1_000));
    const signed: Record<string, string> = signingSecret
      ? { "webhook-signature": sign(signingSecret, `${message.id}.${seconds}.${body}`) }
      : {};
    const answer = await doors.fetch(url, {
      method,
      tls,
      headers: {
        "content-type": template.trim() === "" ? "application/json" : format,
        "webhook-id": message.id,
        "webhook-timestamp": seconds,
        ...signed,
        ...headers,
      },
      body,
    });
    return judgeAnswer(answer, doors.now);
  },
});

/** standardwebhooks.com, symmetric. */
function sign(signingSecret: string, content: string): string {
  const prefix = "whsec_";
  const key = signingSecret.startsWith(prefix)
    ? Buffer.from(signingSecret.slice(prefix.length), "base64")
    : Buffer.from(signingSecret);
  return `v1,${createHmac("sha256", key).update(content).digest("base64")}`;
}
