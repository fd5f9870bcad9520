import { z } from "zod";
import { procedure, router } from "./init";
import { Attention, Rule } from "./outputs";

/** What is wrong now, and alert rules: each instance's defaults from its plugin. */
export const alertsRouter = router({
  /** Instances that fail or are degraded. */
  attention: procedure.output(Attention).query(({ ctx: { unity } }) => unity.describe.attention()),

  rules: procedure
    .input(z.object({ instance: z.string().max(64).optional() }).default({}))
    .output(z.array(Rule))
    .query(({ ctx: { unity }, input }) => {
      const chosen = input.instance ? [unity.instances.require(input.instance)] : unity.instances.list();
      return chosen.flatMap((instance) => unity.describe.rules(instance));
    }),
});
