import { z } from "zod";

const name = z.string().trim().min(1).max(191);

/** What hangs on what, said by hand: when the parent is down, nobody is told of the child. */
export const ParentLink = z.object({
  child: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("instance"), instance: name }),
    /** Every instance of it, except the parent. */
    z.object({ kind: z.literal("host"), host: name }),
  ]),
  /** An instance: the gateway, the hypervisor, the switch. */
  parent: name,
});
export type ParentLink = z.output<typeof ParentLink>;

export const ParentLinks = z.array(ParentLink).max(1_000);
