import { CollectError, holdOffLogin } from "../sdk";
import { readPihole5 } from "./pihole-5";
import { readPihole6 } from "./pihole-6";
import type { ReadSource } from "./source";

/**
 * Pi-hole: the REST API of version 6, or the `api.php` of version 5 where that answers instead. Which of them it was is
 * remembered, so that an old one is not asked for the new API in each run.
 */
export const readPihole: ReadSource = (context, report, askDns) =>
  holdOffLogin(context, async () => {
    const generation = context.memory.recall<5 | 6>("generation")?.value;
    if (generation !== 5) {
      try {
        const inventory = await readPihole6(context, report, askDns);
        context.memory.keep("generation", 6);
        return inventory;
      } catch (error) {
        const isOlder = error instanceof CollectError && error.reason === "unsupported_version";
        if (!isOlder || generation === 6) throw error;
      }
    }
    const inventory = await readPihole5(context, report, askDns);
    context.memory.keep("generation", 5);
    return inventory;
  });
