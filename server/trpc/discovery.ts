import { z } from "zod";
import { Found, Proposal } from "./discovery-outputs";
import { router, toAdminister, toRead } from "./init";

const Key = z.object({ key: z.string().min(1).max(5_000) });
/** A page that is drawn while Unity still looks around for the first time waits so long for what it finds. */
const WAIT_MS = 700;

/** Services of this machine that could be watched. Every answer but the proposal's is the list as it stands then. */
export const discoveryRouter = router({
  /** What was found last. Looks at nothing. */
  found: toRead
    .output(Found)
    .query(async ({ ctx: { unity } }) => unity.describe.found(await unity.discovery.found(WAIT_MS))),

  /** Looks at this machine, and at nothing else: sockets, containers, files. */
  look: toAdminister
    .meta({ audit: { none: "Looks at this machine; nothing is stored." } })
    .output(Found)
    .mutation(async ({ ctx: { unity } }) => {
      await unity.discovery.look();
      return unity.describe.found(await unity.discovery.found());
    }),

  /** One that was found, to fill a form in; null when it is not there any more. */
  proposal: toAdminister
    .input(Key)
    .output(Proposal.nullable())
    .query(async ({ ctx: { unity }, input }) => {
      const proposal = await unity.discovery.proposal(input.key);
      return proposal ? unity.describe.proposal(proposal) : null;
    }),

  /** It is not proposed any more, whatever is started anew, until it is taken back. */
  ignore: toAdminister
    .meta({ audit: { of: "other" } })
    .input(Key)
    .output(Found)
    .mutation(async ({ ctx: { unity }, input }) => {
      await unity.discovery.ignore(input.key);
      return unity.describe.found(await unity.discovery.found());
    }),

  takeBack: toAdminister
    .meta({ audit: { of: "other" } })
    .input(Key)
    .output(Found)
    .mutation(async ({ ctx: { unity }, input }) => {
      await unity.discovery.takeBack(input.key);
      return unity.describe.found(await unity.discovery.found());
    }),

  /** The overview says nothing any more of services that were found. */
  hideNotice: toAdminister
    .meta({ audit: { of: null } })
    .output(Found)
    .mutation(async ({ ctx: { unity } }) => {
      await unity.discovery.hideNotice();
      return unity.describe.found(await unity.discovery.found());
    }),
});
