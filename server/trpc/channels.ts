import { z } from "zod";
import { ChannelDraft } from "../alerts/shapes/channel";
import { ChannelKind, ChannelTest, ChannelView } from "./channel-outputs";
import { router, toAdminister, toRead } from "./init";

const Id = z.object({ id: z.string().max(64) });

/** Where people are told. */
export const channelsRouter = router({
  /** Every kind there is, by title. */
  kinds: toRead.output(z.array(ChannelKind)).query(({ ctx: { unity } }) => unity.describe.channelKinds()),

  /** In the order they were made. */
  list: toRead
    .output(z.array(ChannelView))
    .query(({ ctx: { unity } }) => unity.channels.book.list().map(unity.describe.channel)),
  get: toRead
    .input(Id)
    .output(ChannelView)
    .query(({ ctx: { unity }, input }) => unity.describe.channel(unity.channels.book.require(input.id))),

  create: toAdminister
    .meta({ audit: { of: "channel" } })
    .input(ChannelDraft)
    .output(ChannelView)
    .mutation(async ({ ctx: { unity }, input }) => unity.describe.channel(await unity.channels.book.create(input))),
  /** A secret that comes back as `***` is kept. */
  update: toAdminister
    .meta({ audit: { of: "channel" } })
    .input(Id.extend({ channel: ChannelDraft }))
    .output(ChannelView)
    .mutation(async ({ ctx: { unity }, input }) =>
      unity.describe.channel(await unity.channels.book.update(input.id, input.channel)),
    ),
  remove: toAdminister
    .meta({ audit: { of: "channel" } })
    .input(Id)
    .output(Id)
    .mutation(async ({ ctx: { unity }, input }) => ({ id: (await unity.channels.book.remove(input.id)).id })),

  /**
   * Really sends a test message: through a saved channel, through one that is being changed (`id` and `channel`), or through one that is
   * not saved yet. A failure is an answer, not an error; settings that are not valid are an error naming the field.
   */
  test: toAdminister
    .meta({ audit: { of: "channel" } })
    .input(
      z
        .object({ id: Id.shape.id.optional(), channel: ChannelDraft.optional() })
        .refine(({ id, channel }) => id !== undefined || channel !== undefined, "Name a channel, or describe one."),
    )
    .output(ChannelTest)
    .mutation(async ({ ctx: { unity }, input: { id, channel } }) => {
      const { book, test } = unity.channels;
      const stored = id === undefined ? undefined : book.require(id);
      const delivered = await test(channel ? book.check(channel, stored) : book.require(id ?? ""));
      return { ok: delivered.ok, answer: delivered.answer, again: !delivered.ok && delivered.again };
    }),

  /** What a browser subscribes with (`applicationServerKey`). */
  pushKey: toRead
    .output(z.object({ publicKey: z.string() }))
    .query(async ({ ctx: { unity } }) => ({ publicKey: await unity.channels.pushKey() })),
});
