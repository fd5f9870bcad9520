import { isIP } from "node:net";
import { z } from "zod";
import { secret, tlsOptions } from "../../../plugins/sdk/config";
import { cutText } from "../deliver/cut-text";
import { escapeHtml } from "../deliver/escape";
import { linksOf } from "../deliver/links-of";
import { sendMail } from "../deliver/send-mail";
import { tagOf } from "../deliver/tag-of";
import type { Message } from "../shapes/message";
import { defineChannel } from "./channel";

const MOST_SUBJECT = 200;
const MOST_TEXT = 20_000;
const COLOURS = { info: "#3b82f6", warning: "#f59e0b", critical: "#ef4444" } as const;

/** What a mailbox may be: no spaces, no line breaks, one @. */
const mailbox = () =>
  z
    .string()
    .trim()
    .max(254)
    .regex(/^[^\s<>"(),:;@\p{Cc}]+@[^\s<>"(),:;@\p{Cc}]+$/u, "An address, as anna@example.org.");

export const email = defineChannel({
  kind: "email",
  title: "Email",
  help: "Mail to one or more addresses, by an SMTP server of your own or of your provider.",
  setup: [
    "Fill in your provider's server for outgoing mail. Port 587 wants STARTTLS, port 465 TLS from the start; a relay at home may want neither.",
    "Fill in user and password where the server asks for them. Providers with two-factor login want an app password.",
    "The sender must be an address that the server lets you send from.",
  ],
  config: z.object({
    host: z
      .string()
      .trim()
      .min(1)
      .max(253)
      .regex(/^[^\s/@]+$/, "A name or an address, without port.")
      .meta({ title: "Server", placeholder: "smtp.example.org" }),
    port: z.number().int().min(1).max(65_535).default(587).meta({ title: "Port" }),
    encryption: z
      .enum(["starttls", "tls", "none"])
      .default("starttls")
      .meta({ title: "Encryption", description: "starttls: from the greeting on; tls: from the start." }),
    user: z.string().trim().max(254).optional().meta({ title: "User" }),
    password: secret().optional().meta({ title: "Password" }),
    from: mailbox().meta({ title: "Sender", placeholder: "unity@example.org" }),
    to: z.array(mailbox()).min(1).max(20).meta({ title: "Recipients", placeholder: "anna@example.org" }),
    tls: tlsOptions(),
  }),
  send: ({ host, port, encryption, user, password, from, to, tls }, message, doors) =>
    sendMail(
      {
        host,
        port,
        encryption,
        user,
        password,
        tls: { ...tls, serverName: tls.serverName || (isIP(host) ? undefined : host) },
      },
      {
        from: { name: "Unity", address: from },
        to: [...to],
        subject: cutText(message.title, MOST_SUBJECT),
        text: textOf(message),
        html: htmlOf(message),
        ...headersOf(message, from),
      },
      doors,
    ),
});

/** A mail that is sent twice has the same id, and what is told of one group comes as one thread. */
function headersOf({ id, groupKey, severity, state }: Message, from: string) {
  const domain = from.split("@")[1] ?? "unity";
  const urgent = severity === "critical" && state !== "resolved";
  return {
    messageId: `<${tagOf(id)}@${domain}>`,
    references: `<${tagOf(groupKey)}.group@${domain}>`,
    priority: urgent ? ("high" as const) : ("normal" as const),
    // RFC 3834: nobody's out-of-office answers it.
    headers: { "Auto-Submitted": "auto-generated" },
  };
}

function textOf(message: Message): string {
  const links = linksOf(message).map((link) => `${link.title}: ${link.url}`);
  return [cutText(message.text, MOST_TEXT), ...(links.length === 0 ? [] : ["", ...links])].join("\n");
}

function htmlOf(message: Message): string {
  const colour = message.state === "resolved" ? "#22c55e" : COLOURS[message.severity];
  const links = linksOf(message).map((link) => `<a href="${escapeHtml(link.url)}">${escapeHtml(link.title)}</a>`);
  return [
    `<div style="font-family:sans-serif;border-left:4px solid ${colour};padding-left:12px">`,
    `<p style="font-size:16px;margin:0 0 8px"><strong>${escapeHtml(message.title)}</strong></p>`,
    `<p style="margin:0 0 8px;white-space:pre-line">${escapeHtml(cutText(message.text, MOST_TEXT))}</p>`,
    ...(links.length === 0 ? [] : [`<p style="margin:0">${links.join(" · ")}</p>`]),
    "</div>",
  ].join("\n");
}
