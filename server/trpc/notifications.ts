import { z } from "zod";
import { actByLink } from "../act-by-link";
import { DELIVERY_STATES, NotifySettings, RouteDraft, RouteList } from "../alerts/shapes/route";
import { UnityError } from "../errors";
import { type Context, forEverybody, router, toAdminister, toEdit, toRead, toRespond } from "./init";
import { DeliveryPage, DeliveryView, LinkView, PreviewView, RouteView, SettingsView } from "./notification-outputs";

const Token = z.object({ token: z.string().max(200) });

/** Who is told of what, and what became of it. */
export const notificationsRouter = router({
  /** In the order that they are looked at. */
  routes: toRead.output(z.array(RouteView)).query(({ ctx: { unity } }) => [...unity.notifier.book.routes()]),
  setRoutes: toEdit
    .meta({ audit: { of: "routes" } })
    .input(z.object({ routes: RouteList }))
    .output(z.array(RouteView))
    .mutation(async ({ ctx: { unity }, input }) => [...(await unity.notifier.book.setRoutes(input.routes))]),

  /** What a route would send of an open alert, or of an example. Nothing is sent. */
  preview: toEdit
    .input(
      z.object({
        route: RouteDraft,
        alert: z.string().max(64).optional(),
        event: z.enum(["firing", "still", "flapping", "resolved"]).default("firing"),
        more: z.number().int().min(0).max(99).default(0),
      }),
    )
    .output(PreviewView)
    .query(({ ctx: { unity }, input: { alert, ...ask } }) => {
      const { channels, ...preview } = unity.notifier.preview({ ...ask, alertId: alert });
      return { ...preview, channels: [...channels] };
    }),

  /** Names that a route's own words may hold, and what they stand for. */
  names: toRead
    .output(z.array(z.object({ name: z.string(), meaning: z.string() })))
    .query(({ ctx: { unity } }) => Object.entries(unity.notifier.names).map(([name, meaning]) => ({ name, meaning }))),

  /** Newest first, a page at a time. */
  log: toRead
    .input(
      z
        .object({
          channel: z.string().max(64).optional(),
          states: z.array(z.enum(DELIVERY_STATES)).max(5).optional(),
          /** The `next` of the page before. */
          cursor: z.object({ createdAt: z.number(), id: z.string().max(64) }).nullish(),
          limit: z.number().int().min(1).max(200).default(50),
        })
        .prefault({}),
    )
    .output(DeliveryPage)
    .query(async ({ ctx: { unity }, input: { channel, states, cursor, limit } }) => {
      const found = await unity.notifier.log({ channelId: channel, states, before: cursor ?? undefined, limit });
      const last = found.at(-1);
      return {
        deliveries: viewsOf(found, unity),
        next: last && found.length === limit ? { createdAt: last.createdAt, id: last.id } : null,
      };
    }),

  /** The newest of each channel that was ever told. */
  latest: toRead.output(z.array(DeliveryView)).query(async ({ ctx: { unity } }) => {
    const { places, log } = unity.notifier;
    const found = await Promise.all(places().map(({ id }) => log({ channelId: id, limit: 1 })));
    return viewsOf(found.flat(), unity);
  }),

  /** How the last canary went: a message a channel, none where there was no canary yet. */
  canary: toRead
    .output(z.array(DeliveryView))
    .query(async ({ ctx: { unity } }) => viewsOf(await unity.notifier.lastCanary(), unity)),
  /** Sends one at once, to the channels that are set. The weekly one comes all the same. */
  sendCanary: toEdit
    .meta({ audit: { of: null } })
    .output(z.object({ channels: z.number().describe("How many it goes to.") }))
    .mutation(async ({ ctx: { unity } }) => {
      const channels = await unity.notifier.sendCanary();
      if (channels > 0) return { channels };
      throw new UnityError("invalid", "None of these channels is on, so that nobody would be told.");
    }),

  /** Sends one again that failed, or now that waits. */
  retry: toRespond
    .meta({ audit: { of: "other" } })
    .input(z.object({ id: z.string().max(64) }))
    .output(z.object({ id: z.string() }))
    .mutation(async ({ ctx: { unity }, input }) => {
      if (await unity.notifier.retry(input.id)) return input;
      throw new UnityError("not_found", "This message was delivered, or is not there any more.");
    }),

  settings: toRead.output(SettingsView).query(({ ctx: { unity } }) => ({
    settings: unity.notifier.book.shownSettings(),
    heartbeat: unity.notifier.heartbeat(),
  })),
  /** The heartbeat's address stays as it is where it comes back as `***`. */
  setSettings: toAdminister
    .meta({ audit: { of: "notifySettings" } })
    .input(NotifySettings)
    .output(NotifySettings)
    .mutation(async ({ ctx: { unity }, input }) => {
      await unity.notifier.book.setSettings(input);
      return unity.notifier.book.shownSettings();
    }),

  /** What a link of a message would do. Looking at it does nothing. */
  link: forEverybody
    .input(Token)
    .output(LinkView)
    .query(async ({ ctx: { unity }, input }) => {
      const { alerts, ...view } = await unity.notifier.acts.look(input.token);
      return { ...view, alerts: [...alerts] };
    }),
  /** Does it, once. */
  act: forEverybody
    .meta({ audit: { none: "actByLink writes it: links come another way, too." } })
    .input(Token)
    .output(LinkView)
    .mutation(async ({ ctx: { unity, visitor }, input }) => {
      const { alerts, ...view } = await actByLink(unity, input.token, visitor);
      return { ...view, alerts: [...alerts] };
    }),
});

type Found = Awaited<ReturnType<Context["unity"]["notifier"]["log"]>>;

function viewsOf(found: Found, { notifier }: Context["unity"]): z.output<typeof DeliveryView>[] {
  const names = new Map(notifier.places().map(({ id, name }) => [id, name]));
  return found.map(({ id, channelId, state, message, told, answer, attempts, createdAt, dueAt, finishedAt }) => ({
    id,
    channel: { id: channelId, name: names.get(channelId) ?? null },
    state,
    kind: message.kind,
    title: message.title,
    text: message.text,
    severity: message.severity,
    alerts: told.tells.map(({ alert }) => alert.id),
    answer,
    attempts,
    createdAt,
    dueAt,
    finishedAt,
  }));
}
