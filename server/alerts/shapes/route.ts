import { z } from "zod";
import { isReference } from "../../secret-reference";
import { isSealed } from "../../vault/cipher";
import { Matcher, SEVERITIES } from "./rule";
import { secretWebAddress, webAddress } from "./web-address";

/** Who is told of what, when and how often. Plain data: the same in the database, in the API and in files. */

const name = z.string().trim().min(1).max(191);
const names = z.array(name).max(200).default([]);
/** Every enabled channel, also those that come later; or these, by their id. */
const Channels = z.union([z.literal("all"), z.array(z.string().max(64)).max(50)]);
const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "A time of day is written as 07:30.");
/** As ISO counts them: Monday is 1, Sunday 7. */
const Weekday = z.number().int().min(1).max(7);
const TimeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, 'This time zone is not known. It is written as "Europe/Berlin".')
  .default(() => Intl.DateTimeFormat().resolvedOptions().timeZone);

/** From `from` until before `to`, on the days that it begins on; past midnight where `to` is not later. */
const Times = z.object({
  from: ClockTime.default("00:00"),
  to: ClockTime.default("00:00"),
  weekdays: z.array(Weekday).max(7).default([]),
});
export type Times = z.output<typeof Times>;

const Template = z.string().max(4_000).default("");
const hours = z.number().min(1).max(720).nullable();

export const RouteDraft = z.object({
  /** Without one it is a new route. */
  id: z.string().max(64).optional(),
  name,
  enabled: z.boolean().default(true),
  /** All of these must fit; an empty list fits everything. */
  match: z
    .object({
      /** At least. */
      severity: z.enum(SEVERITIES).default("info"),
      plugins: names,
      hosts: names,
      tags: names,
      /** Labels of the series and of the rule. */
      labels: z.array(Matcher).max(20).default([]),
      /** Any of these. What fires when they begin is told then, if it still does. */
      times: z.array(Times).max(20).default([]),
    })
    .prefault({}),
  /** Of times of day, here and in messages. */
  timeZone: TimeZone,
  channels: Channels.default([]),
  /** Routes below are looked at as well. */
  continue: z.boolean().default(false),
  /** What comes together in one message. */
  group: z.enum(["host", "instance", "rule", "all", "none"]).default("host"),
  /** So long the first message of a group waits for what belongs to it. */
  waitSeconds: z.number().int().min(0).max(3_600).default(30),
  criticalWaitSeconds: z.number().int().min(0).max(3_600).default(5),
  /** Later ones of the group keep this distance; what is critical waits a minute at most. */
  updateMinutes: z.number().min(0).max(1_440).default(5),
  /** While it fires it is told again; null is never. Of what is only information never. */
  repeatHours: z.object({ critical: hours.default(4), warning: hours.default(24) }).prefault({}),
  /** Whom else to tell when nobody took note of it by then. */
  escalate: z
    .array(z.object({ afterMinutes: z.number().int().min(1).max(10_080), channels: Channels }))
    .max(5)
    .default([]),
  /** Whether those who heard of it hear that it is over. */
  resolved: z.boolean().default(true),
  /** Nothing at once: one message a day, of what was. */
  digest: z.object({ at: ClockTime }).nullable().default(null),
  /** Places like `{{rule}}` are filled in; "" is Unity's own words. */
  title: Template,
  text: Template,
});
export type RouteDraft = z.output<typeof RouteDraft>;
export interface Route extends RouteDraft {
  readonly id: string;
}
export const RouteList = z.array(RouteDraft).max(100);

/** An address that is a secret as a whole. As it comes from forms, as it is kept, and as it lies in the database where it cannot be read. */
const SecretUrl = secretWebAddress(1_000, (text) => text === "***" || isReference(text) || isSealed(text)).default("");

export const NotifySettings = z.object({
  /** Where people reach Unity: what links in messages begin with. "" makes no links. */
  publicUrl: webAddress(500)
    .transform((url) => url.replace(/[/?#]+$/, ""))
    .default(""),
  /** Messages to one channel in a minute; what is beyond is put together. */
  perMinute: z.number().int().min(1).max(600).default(20),
  /** An address outside that is asked while collecting works; who runs it notices when that stops. */
  heartbeat: z
    .object({
      url: SecretUrl,
      everySeconds: z.number().int().min(10).max(86_400).default(60),
    })
    .prefault({}),
  /** A message a week that says nothing but that messages arrive. */
  canary: z
    .object({
      enabled: z.boolean().default(false),
      weekday: Weekday.default(1),
      at: ClockTime.default("09:00"),
      timeZone: TimeZone,
      channels: Channels.default("all"),
    })
    .prefault({}),
});
export type NotifySettings = z.output<typeof NotifySettings>;

/** Of messages to channels, as `notifications` keeps them. */
export const DELIVERY_STATES = ["waiting", "sending", "sent", "failed", "dropped"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

function isTimeZone(zone: string): boolean {
  try {
    return Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
