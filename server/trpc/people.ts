import { z } from "zod";
import { ROLES } from "../auth/visitor";
import { viewOf } from "./account";
import { PersonView } from "./account-outputs";
import { router, toAdminister } from "./init";

const Id = z.object({ id: z.string().max(64) });
/** Checked again where it is stored, which says what is wrong. */
const Draft = z.object({
  name: z.string().max(200),
  role: z.enum(ROLES),
  tags: z.array(z.string().max(200)).max(100).nullable().default(null),
});
const password = z.string().max(1_000).meta({ format: "password", writeOnly: true });

/** Who may come in. Whatever changes what somebody may do ends that one's sessions. */
export const peopleRouter = router({
  /** By name. */
  list: toAdminister
    .output(z.array(PersonView))
    .query(async ({ ctx: { unity } }) => (await unity.accounts.people.list()).map(viewOf)),
  create: toAdminister
    .meta({ audit: { of: "person" } })
    .input(Draft.extend({ username: z.string().max(200), password }))
    .output(PersonView)
    .mutation(async ({ ctx: { unity }, input }) => viewOf(await unity.accounts.people.create(input))),
  update: toAdminister
    .meta({ audit: { of: "person" } })
    .input(Id.extend({ person: Draft.extend({ disabled: z.boolean() }) }))
    .output(PersonView)
    .mutation(async ({ ctx: { unity }, input }) => viewOf(await unity.accounts.people.update(input.id, input.person))),
  setPassword: toAdminister
    .meta({ audit: { of: "person" } })
    .input(Id.extend({ password }))
    .output(Id)
    .mutation(async ({ ctx: { unity }, input }) => {
      await unity.accounts.people.setPassword(input.id, input.password);
      return { id: input.id };
    }),
  /** Second factors and passkeys are gone: they were lost. */
  resetFactors: toAdminister
    .meta({ audit: { of: "person" } })
    .input(Id)
    .output(Id)
    .mutation(async ({ ctx: { unity }, input }) => {
      await unity.accounts.people.resetFactors(input.id);
      return input;
    }),
  endSessions: toAdminister
    .meta({ audit: { of: "person" } })
    .input(Id)
    .output(z.object({ ended: z.number() }))
    .mutation(async ({ ctx: { unity }, input }) => ({ ended: await unity.accounts.sessions.endAll(input.id) })),
  remove: toAdminister
    .meta({ audit: { of: "person" } })
    .input(Id)
    .output(Id)
    .mutation(async ({ ctx: { unity }, input }) => ({ id: (await unity.accounts.people.remove(input.id)).id })),
});
