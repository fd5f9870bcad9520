import { z } from "zod";
import { SEVERITIES } from "./rule";

/** So many alerts of a group are told one by one; `more` says how many others there are. */
export const MOST_ALERTS = 50;

/** What is told of an alert. */
const MESSAGE_EVENTS = ["firing", "no_data", "error", "flapping", "acknowledged", "resolved"] as const;
/** Why a message is sent. A test, the weekly proof that messages arrive (canary) and a sign of life are no alerts. */
const MESSAGE_KINDS = ["alerts", "digest", "test", "canary", "heartbeat"] as const;

/** An alert in words. Names, labels and summaries are text from outside. */
const MessageAlert = z.object({
  id: z.string(),
  event: z.enum(MESSAGE_EVENTS),
  severity: z.enum(SEVERITIES),
  ruleName: z.string(),
  /** Names, "" where there is none any more. */
  instance: z.string(),
  host: z.string(),
  /** With its values filled in. */
  summary: z.string(),
  /** As people read them, with their unit; "" where there is none. */
  value: z.string(),
  limit: z.string(),
  labels: z.record(z.string(), z.string()),
  /** Epoch milliseconds. */
  since: z.number(),
  /** The alert's page in Unity; null where its address is not known. */
  url: z.string().nullable(),
});
export type MessageAlert = z.output<typeof MessageAlert>;

/** What a channel is handed, the same for each of them; it makes of it what its service can show. Also what the database keeps. */
export const Message = z.object({
  /** Stays the same over retries. */
  id: z.string(),
  /** The same for everything that is told of one group: where a service can, the newer takes the place of the older. */
  groupKey: z.string(),
  kind: z.enum(MESSAGE_KINDS),
  /** Plain text, one line. */
  title: z.string(),
  /** Plain text, several lines. */
  text: z.string(),
  /** Of the worst alert in it. */
  severity: z.enum(SEVERITIES),
  state: z.enum(["firing", "resolved", "mixed"]),
  alerts: z.array(MessageAlert).max(MOST_ALERTS),
  more: z.number().int().min(0),
  /** The page in Unity; null where its address is not known. */
  url: z.string().nullable(),
  /** Signed links that open a page, to acknowledge or snooze there. A GET of them does nothing. */
  actions: z.array(z.object({ title: z.string(), url: z.string() })).max(4),
});
export type Message = z.output<typeof Message>;
