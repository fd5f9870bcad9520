import { z } from "zod";
import { ParentLink } from "../alerts/shapes/parent";
import type { SilenceDraft } from "../alerts/shapes/silence";
import { nameOf } from "../auth/visitor";
import { router, toEdit, toRead, toReadSeen, toRespond } from "./init";
import { PreviewInput, SilencePreview, SilenceView } from "./silence-outputs";

const Id = z.object({ id: z.string().max(64) });
/** Read by the book, which says in words what is wrong with it. */
const Draft = z.custom<z.input<typeof SilenceDraft>>((given) => typeof given === "object" && given !== null);

/** What hangs on what, said by hand: when the parent is down, nobody is told of the child. */
const parentRouter = router({
  get: toReadSeen.output(z.array(ParentLink)).query(({ ctx: { unity } }) => [...unity.muting.parents.get()]),
  /** All of them, in place of what was. */
  set: toEdit
    .meta({ audit: { of: "parents" } })
    .input(z.object({ links: z.array(ParentLink).max(1_000) }))
    .output(z.array(ParentLink))
    .mutation(async ({ ctx: { unity }, input }) => [...(await unity.muting.parents.set(input.links))]),
});

/** When nobody is told: silences, maintenance windows, and what hangs on what. */
export const silencesRouter = router({
  parents: parentRouter,

  /** What is open first, then what comes next, then what is over, the last first. */
  list: toReadSeen.output(z.array(SilenceView)).query(({ ctx: { unity } }) => unity.describe.silences()),

  create: toRespond
    .meta({ audit: { of: "silence" } })
    .input(Draft)
    .output(SilenceView)
    .mutation(async ({ ctx: { unity, visitor }, input }) =>
      unity.describe.silence(await unity.muting.silences.create(input, nameOf(visitor))),
    ),
  update: toRespond
    .meta({ audit: { of: "silence" } })
    .input(Id.extend({ silence: Draft }))
    .output(SilenceView)
    .mutation(async ({ ctx: { unity }, input }) =>
      unity.describe.silence(await unity.muting.silences.update(input.id, input.silence)),
    ),
  /** Ends what is open now; what comes again does so. */
  end: toRespond
    .meta({ audit: { of: "silence" } })
    .input(Id)
    .output(SilenceView)
    .mutation(async ({ ctx: { unity }, input }) => unity.describe.silence(await unity.muting.silences.end(input.id))),
  /** It is gone for good. What runs is over from now on, and stays on the list as that. */
  remove: toRespond
    .meta({ audit: { of: "silence" } })
    .input(Id)
    .output(Id)
    .mutation(async ({ ctx: { unity }, input }) => {
      await unity.muting.silences.remove(input.id);
      return input;
    }),

  /** Which open alerts it would mute, and when it would. */
  preview: toRead
    .input(PreviewInput)
    .output(SilencePreview)
    .query(({ ctx: { unity }, input }) => unity.describe.silencePreview(input)),
});
