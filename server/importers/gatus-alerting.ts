import { z } from "zod";
import { filled } from "./draft";

const Provider = z.record(z.string(), z.unknown());
type Json = z.output<typeof Provider>;
interface Made {
  readonly kind: string;
  readonly title: string;
  readonly config: Readonly<Record<string, unknown>>;
}

const textOf = (value: unknown) => (typeof value === "string" || typeof value === "number" ? String(value).trim() : "");

const TYPES: Readonly<Record<string, (config: Json) => Made>> = {
  discord: (config) => ({ kind: "discord", title: "Discord", config: { url: textOf(config["webhook-url"]) } }),
  slack: (config) => ({ kind: "slack", title: "Slack", config: { url: textOf(config["webhook-url"]) } }),
  "teams-workflows": (config) => ({
    kind: "teams",
    title: "Microsoft Teams",
    config: { url: textOf(config["webhook-url"]) },
  }),
  telegram: (config) => ({
    ...{ kind: "telegram", title: "Telegram" },
    config: filled({ token: textOf(config.token), chat: textOf(config.id), url: textOf(config["api-url"]) }),
  }),
  ntfy: (config) => ({
    ...{ kind: "ntfy", title: "ntfy" },
    config: filled({ topic: textOf(config.topic), url: textOf(config.url), token: textOf(config.token) }),
  }),
  gotify: (config) => ({
    ...{ kind: "gotify", title: "Gotify" },
    config: { url: textOf(config["server-url"]), token: textOf(config.token) },
  }),
  pushover: (config) => ({
    ...{ kind: "pushover", title: "Pushover" },
    config: { token: textOf(config["application-token"]), user: textOf(config["user-key"]) },
  }),
  matrix: (config) => ({
    ...{ kind: "matrix", title: "Matrix" },
    config: {
      url: textOf(config["server-url"]) || "https://matrix-client.matrix.org",
      token: textOf(config["access-token"]),
      room: textOf(config["internal-room-id"]),
    },
  }),
  pagerduty: (config) => ({
    kind: "pagerduty",
    title: "PagerDuty",
    config: { key: textOf(config["integration-key"]) },
  }),
  email: (config) => ({
    ...{ kind: "email", title: "Email" },
    config: filled({
      host: textOf(config.host),
      port: Number(config.port) || 587,
      encryption: Number(config.port) === 465 ? "tls" : "starttls",
      user: textOf(config.username),
      password: textOf(config.password),
      from: textOf(config.from),
      to: textOf(config.to)
        .split(",")
        .map((one) => one.trim())
        .filter(Boolean),
    }),
  }),
};

/** Fields that Unity hides: what of them stood in the environment of Gatus has to be typed in. */
const SECRETS = ["url", "token", "topic", "user", "key", "password"];

export function mapProvider(type: string, given: unknown) {
  const map = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  const config = Provider.safeParse(given);
  if (!map || !config.success)
    return {
      channel: undefined,
      title: "",
      left: [`Unity has no channel for "${type.slice(0, 60)}". An Apprise server may have.`],
    };
  const { kind, title, config: own } = map(config.data);
  const unknown = Object.entries(own).filter(([, value]) => typeof value === "string" && value.includes("${"));
  const open = unknown.find(([name]) => !SECRETS.includes(name));
  if (open)
    return {
      channel: undefined,
      title,
      left: [`Its ${open[0]} is from the environment of Gatus, so that it is not known.`],
    };
  const hidden = Object.fromEntries(unknown.map(([name]) => [name, "***"]));
  return {
    channel: { kind, name: title, enabled: true, config: { ...own, ...hidden } },
    title,
    left: [
      ...unknown.map(
        ([name]) => `Its ${name} is from the environment of Gatus: type it in; until then the channel is off.`,
      ),
      ...(config.data.overrides === undefined
        ? []
        : ["What it overrides for groups: make a channel and a route for each."]),
    ],
  };
}
