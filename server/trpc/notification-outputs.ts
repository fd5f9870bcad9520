import { z } from "zod";
import { Message } from "../alerts/shapes/message";
import { DELIVERY_STATES, NotifySettings, RouteDraft } from "../alerts/shapes/route";
import { SEVERITIES } from "../alerts/shapes/rule";

export const RouteView = RouteDraft.extend({ id: z.string() });
const Channel = z.object({ id: z.string(), name: z.string() });

/** A message as it would be sent, and what holds it back. */
export const PreviewView = z.object({
  message: Message,
  /** Those that would be told. */
  channels: z.array(Channel),
  /** The route's conditions fit the alert now. */
  fits: z.boolean(),
  held: z.enum(["acknowledged", "snoozed", "muted"]).nullable(),
  /** Who took note of it; or the silence, the maintenance, or what is down. */
  heldBy: z.string().nullable(),
});

/** A message on its way to a channel. Instants are epoch milliseconds. */
export const DeliveryView = z.object({
  id: z.string(),
  /** A name of null is of a channel that was removed. */
  channel: z.object({ id: z.string(), name: z.string().nullable() }),
  state: z.enum(DELIVERY_STATES),
  kind: Message.shape.kind,
  title: z.string(),
  text: z.string(),
  severity: z.enum(SEVERITIES),
  /** Ids of the alerts that it tells of. */
  alerts: z.array(z.string()),
  /** What the channel said to the last attempt. */
  answer: z.string().nullable(),
  attempts: z.number(),
  createdAt: z.number(),
  /** While it waits: not before. */
  dueAt: z.number(),
  finishedAt: z.number().nullable(),
});
export const DeliveryPage = z.object({
  deliveries: z.array(DeliveryView),
  /** For the next page; null on the last. */
  next: z.object({ createdAt: z.number(), id: z.string() }).nullable(),
});

export const SettingsView = z.object({
  settings: NotifySettings,
  /** How the last heartbeat went. */
  heartbeat: z.object({
    at: z.number().nullable(),
    ok: z.boolean().nullable(),
    answer: z.string(),
    /** It is not told, because collecting does not work. */
    held: z.boolean(),
  }),
});

/** What a link of a message does. */
export const LinkView = z.object({
  state: z.enum(["ready", "done", "used", "expired", "bad", "over"]),
  deed: z.enum(["acknowledge", "snooze"]).nullable(),
  title: z.string(),
  expiresAt: z.number().nullable(),
  alerts: z.array(
    z.object({
      id: z.string(),
      summary: z.string(),
      instance: z.string(),
      severity: z.enum(SEVERITIES),
      open: z.boolean(),
      acknowledgedBy: z.string().nullable(),
      snoozedUntil: z.number().nullable(),
    }),
  ),
});
