import type { Message, MessageAlert } from "../shapes/message";

/** Longer texts are a fault of what they tell of; every service cuts far below. */
const LONGEST_TEXT = 20_000;
const LONGEST_LINE = 1_000;

/**
 * A message without what no service should be handed: control characters, and those that turn the direction of the text around them.
 * Names come from outside: a container may call itself anything.
 */
export const cleanMessage = (message: Message): Message => ({
  ...message,
  title: cleanLine(message.title),
  text: cleanText(message.text),
  alerts: message.alerts.map(cleanAlert),
  actions: message.actions.map(({ title, url }) => ({ title: cleanLine(title), url })),
});

const cleanAlert = (alert: MessageAlert): MessageAlert => ({
  ...alert,
  ruleName: cleanLine(alert.ruleName),
  instance: cleanLine(alert.instance),
  host: cleanLine(alert.host),
  summary: cleanLine(alert.summary),
  value: cleanLine(alert.value),
  limit: cleanLine(alert.limit),
  labels: Object.fromEntries(Object.entries(alert.labels).map(([name, value]) => [cleanLine(name), cleanLine(value)])),
});

/** U+061C, U+200E and on, U+202A and on, U+2066 and on: marks, embeddings, overrides and isolates of direction. */
const DIRECTIONS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
const CONTROLS = /[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu;

const cleanText = (text: string) =>
  text
    .slice(0, LONGEST_TEXT)
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .replace(DIRECTIONS, "")
    .replace(CONTROLS, (character) => (character === "\n" ? "\n" : " "))
    .trim();

const cleanLine = (text: string) => cleanText(text.slice(0, LONGEST_LINE)).replace(/\s+/g, " ");
