import { z } from "zod";
import { router, toReadSeen } from "./init";
import type { LiveMessage } from "./outputs";

/** What happens, as it happens: one combined subscription a tab. */
export const liveRouter = router({
  /** Messages are `LiveMessage`; each holds the newest value of every series since the viewer's last one. */
  stream: toReadSeen
    .input(z.object({ instances: z.array(z.string().max(64)).max(500).optional() }).default({}))
    .subscription(async function* ({ ctx: { unity }, input, signal }): AsyncGenerator<z.output<typeof LiveMessage>> {
      yield* unity.bus.listen(signal ?? new AbortController().signal, input.instances);
    }),
});
