import { filled } from "./draft";
import type { KumaNotification } from "./kuma-shapes";

type Json = Readonly<Record<string, unknown>>;
interface Made {
  readonly kind: string;
  readonly title: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly left?: readonly string[];
}

const textOf = (value: unknown) => (typeof value === "string" || typeof value === "number" ? String(value).trim() : "");

/** By the type that Uptime Kuma writes. Secrets go along: they are the person's own, and are encrypted when they are stored. */
const TYPES: Readonly<Record<string, (config: Json) => Made>> = {
  telegram: (config) => ({
    ...{ kind: "telegram", title: "Telegram" },
    config: filled({
      token: textOf(config.telegramBotToken),
      chat: textOf(config.telegramChatID),
      thread: Number(config.telegramMessageThreadID) || undefined,
    }),
  }),
  discord: (config) => ({
    ...{ kind: "discord", title: "Discord" },
    config: filled({ url: textOf(config.discordWebhookUrl), username: textOf(config.discordUsername) }),
  }),
  slack: (config) => ({ kind: "slack", title: "Slack", config: { url: textOf(config.slackwebhookURL) } }),
  teams: (config) => ({ kind: "teams", title: "Microsoft Teams", config: { url: textOf(config.webhookUrl) } }),
  gotify: (config) => ({
    ...{ kind: "gotify", title: "Gotify" },
    config: { url: textOf(config.gotifyserverurl), token: textOf(config.gotifyapplicationToken) },
  }),
  ntfy: (config) => ({
    ...{ kind: "ntfy", title: "ntfy" },
    config: filled({
      topic: textOf(config.ntfytopic),
      url: textOf(config.ntfyserverurl),
      token: textOf(config.ntfyaccesstoken),
    }),
    left:
      textOf(config.ntfyusername) === ""
        ? []
        : ["Its user and password: make an access token in ntfy, and type it in."],
  }),
  pushover: (config) => ({
    ...{ kind: "pushover", title: "Pushover" },
    config: filled({
      token: textOf(config.pushoverapptoken),
      user: textOf(config.pushoveruserkey),
      device: textOf(config.pushoverdevice),
    }),
  }),
  matrix: (config) => ({
    ...{ kind: "matrix", title: "Matrix" },
    config: {
      url: textOf(config.homeserverUrl),
      token: textOf(config.accessToken),
      room: textOf(config.internalRoomId),
    },
  }),
  PagerDuty: (config) => ({
    ...{ kind: "pagerduty", title: "PagerDuty" },
    config: {
      key: textOf(config.pagerdutyIntegrationKey),
      ...(textOf(config.pagerdutyIntegrationUrl).includes(".eu.") ? { region: "eu" } : {}),
    },
  }),
  smtp: (config) => ({
    ...{ kind: "email", title: "Email" },
    config: filled({
      host: textOf(config.smtpHost),
      port: Number(config.smtpPort) || 587,
      encryption: config.smtpSecure === true || config.smtpSecure === "true" ? "tls" : "starttls",
      user: textOf(config.smtpUsername),
      password: textOf(config.smtpPassword),
      from: mailboxOf(textOf(config.smtpFrom)),
      to: textOf(config.smtpTo).split(",").map(mailboxOf).filter(Boolean),
      ...(config.smtpIgnoreTLSError === true ? { tls: { verify: false } } : {}),
    }),
    left: config.customSubject || config.customBody ? ["Its own words: routes have Unity's."] : [],
  }),
  webhook: (config) => ({
    ...{ kind: "webhook", title: "Webhook" },
    config: filled({ url: textOf(config.webhookURL), headers: headersOf(config.webhookAdditionalHeaders) }),
    left: ["What it sends is Unity's JSON, another one than Uptime Kuma's: whoever reads it must know."],
  }),
};

/** `Unity <unity@lab>` as `unity@lab`. */
const mailboxOf = (text: string) => (/<([^<>]+)>\s*$/.exec(text)?.[1] ?? text).trim();

function headersOf(given: unknown): Record<string, string> | undefined {
  try {
    const parsed: unknown = typeof given === "string" && given !== "" ? JSON.parse(given) : undefined;
    if (typeof parsed !== "object" || parsed === null) return undefined;
    return Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, String(value)]));
  } catch {
    return undefined;
  }
}

export function mapNotification({ name, active, config }: KumaNotification) {
  const type = textOf(config.type);
  const map = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  if (!map)
    return {
      channel: undefined,
      title: "",
      left: [`Unity has no channel for "${type.slice(0, 60)}". An Apprise server may have.`],
    };
  const { kind, title, config: own, left = [] } = map(config);
  return { channel: { kind, name, enabled: active, config: { ...own } }, title, left };
}
