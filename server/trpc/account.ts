import { z } from "zod";
import { Doors, Me, PersonView, SessionView } from "./account-outputs";
import { type Context, forEverybody, forSelf, router } from "./init";

const Id = z.object({ id: z.string().max(64) });

/** Who asks, and what that one decides alone. Passwords, second factors and passkeys are better-auth's, `server/auth/endpoints.ts`. */
export const accountRouter = router({
  me: forEverybody.output(Me).query(({ ctx: { visitor } }) => {
    const { userId, name, role, permissions, tags, via } = visitor;
    return { userId, name, role, permissions: [...permissions], tags: tags && [...tags], via };
  }),
  doors: forEverybody.output(Doors).query(async ({ ctx: { unity, visitor } }) => ({
    provider: unity.accounts.providerName ?? null,
    firstRun: await unity.accounts.firstRun.isOpen(),
    needsToken: !visitor.fromThisMachine,
  })),

  /** As admins see one, of oneself. */
  profile: forSelf
    .output(PersonView)
    .query(async ({ ctx }) => viewOf(await ctx.unity.accounts.people.require(idOf(ctx)))),
  rename: forSelf
    .meta({ audit: { of: "self" } })
    .input(z.object({ name: z.string().trim().min(1).max(100) }))
    .output(PersonView)
    .mutation(async ({ ctx, input }) => {
      const { people } = ctx.unity.accounts;
      const { role, tags, disabled } = await people.require(idOf(ctx));
      return viewOf(await people.update(idOf(ctx), { ...input, role, tags: tags && [...tags], disabled }));
    }),

  /** Where one is signed in, newest first. */
  sessions: forSelf.output(z.array(SessionView)).query(async ({ ctx }) =>
    (await ctx.unity.accounts.sessions.list(idOf(ctx))).map((one) => ({
      ...one,
      current: one.id === ctx.visitor.credentialId,
    })),
  ),
  endSession: forSelf
    .meta({ audit: { of: "other" } })
    .input(Id)
    .output(Id)
    .mutation(async ({ ctx, input }) => {
      await ctx.unity.accounts.sessions.end(idOf(ctx), input.id);
      return input;
    }),
  /** All but the one that asks. */
  endOtherSessions: forSelf
    .meta({ audit: { of: "self" } })
    .output(z.object({ ended: z.number() }))
    .mutation(async ({ ctx }) => ({
      ended: await ctx.unity.accounts.sessions.endAll(idOf(ctx), ctx.visitor.credentialId),
    })),
});

const idOf = ({ visitor }: Pick<Context, "visitor">) => visitor.userId ?? "";

type Person = Awaited<ReturnType<Context["unity"]["accounts"]["people"]["require"]>>;
export const viewOf = (person: Person): z.output<typeof PersonView> => ({
  ...person,
  tags: person.tags && [...person.tags],
  ways: [...person.ways],
});
