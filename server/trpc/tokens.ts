import { z } from "zod";
import type { ApiToken } from "../auth/token-book";
import { TokenDraft } from "../auth/token-draft";
import type { Visitor } from "../auth/visitor";
import { UnityError } from "../errors";
import { forSelf, router, toAdminister } from "./init";
import { MadeToken, OwnedToken, TokenView } from "./token-outputs";

const Id = z.object({ id: z.string().max(64) });

/** Programs come in by them: `Authorization: Bearer <token>`. A token makes and removes none. */
export const tokensRouter = router({
  /** One's own, in the order they were made. */
  list: forSelf
    .output(z.array(TokenView))
    .query(async ({ ctx: { unity, visitor } }) => (await unity.accounts.tokens.list(selfOf(visitor))).map(viewOf)),

  /** The answer has the token, once: only its hash is kept. It may do and see no more than who makes it. */
  create: forSelf
    .meta({ audit: { of: "token" } })
    .input(TokenDraft)
    .output(MadeToken)
    .mutation(async ({ ctx: { unity, visitor }, input }) => {
      const { token, secret } = await unity.accounts.tokens.create(selfOf(visitor), input);
      return { ...viewOf(token), secret };
    }),

  remove: forSelf
    .meta({ audit: { of: "token" } })
    .input(Id)
    .output(Id)
    .mutation(async ({ ctx: { unity, visitor }, input }) => ({
      id: (await unity.accounts.tokens.remove(input.id, selfOf(visitor))).id,
    })),

  /** Everybody's. */
  all: toAdminister
    .output(z.array(OwnedToken))
    .query(async ({ ctx: { unity } }) =>
      (await unity.accounts.tokens.list()).map((token) => ({ ...viewOf(token), owner: { ...token.owner } })),
    ),

  /** Anybody's is gone. */
  revoke: toAdminister
    .meta({ audit: { of: "token" } })
    .input(Id)
    .output(Id)
    .mutation(async ({ ctx: { unity }, input }) => ({ id: (await unity.accounts.tokens.remove(input.id)).id })),
});

function viewOf({ owner: _, scopes, tags, ...token }: ApiToken): z.output<typeof TokenView> {
  return { ...token, scopes: [...scopes], tags: tags && [...tags] };
}

function selfOf({ userId }: Visitor): string {
  if (userId === null) throw new UnityError("forbidden", "Only people with an account have tokens.");
  return userId;
}
