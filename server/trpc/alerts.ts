import { z } from "zod";
import { procedure, router } from "./init";
import { Rule } from "./outputs";

/** Alert rules: each instance's defaults from its plugin. */
export const alertsRouter = router({
  rules: procedure
    .input(z.object({ instance: z.string().max(64).optional() }).default({}))
    .output(z.array(Rule))
    .query(({ ctx: { unity }, input }) => {
      const chosen = input.instance ? [unity.instances.require(input.instance)] : unity.instances.list();
      return chosen.flatMap((instance) => unity.describe.rules(instance));
    }),
});
