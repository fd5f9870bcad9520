import { parseArgs } from "node:util";
import { startUnity } from "../e2e/built-unity";
import { timedGet } from "./measure/http-timing";
import { pause } from "./measure/pause";
import { median } from "./measure/percentile";
import { readUsage } from "./measure/process-usage";
import type { Measured } from "./result";

const ROUNDS = 8;
const SETTLE_MS = 20_000;
const TARGETS = { more_cpu_per_call_ms: 0.15 };

/**
 * What it costs to know who asks: one tRPC procedure that whoever comes may call, by nobody and by somebody who is signed in, in turns.
 */
export async function run(args: readonly string[] = []): Promise<Measured> {
  const { values } = parseArgs({ args: [...args], options: { calls: { type: "string", default: "4000" } } });
  const calls = Number(values.calls);
  const unity = await startUnity();
  try {
    await pause(SETTLE_MS);
    const url = `${unity.url}/api/trpc/account.me`;
    /** CPU of the server for one call, in milliseconds. */
    const cost = async (cookie: string) => {
      const before = readUsage(unity.pid());
      for (let count = 0; count < calls; count++) await timedGet(url, { acceptEncoding: "identity", cookie });
      return (readUsage(unity.pid()).cpuMs - before.cpuMs) / calls;
    };
    await cost("");
    await cost(unity.cookie);
    const pairs: { anonymous: number; signedIn: number }[] = [];
    while (pairs.length < ROUNDS) pairs.push({ anonymous: await cost(""), signedIn: await cost(unity.cookie) });
    const figures = {
      anonymous_cpu_per_call_ms: median(pairs.map(({ anonymous }) => anonymous)),
      signed_in_cpu_per_call_ms: median(pairs.map(({ signedIn }) => signedIn)),
      more_cpu_per_call_ms: median(pairs.map(({ anonymous, signedIn }) => signedIn - anonymous)),
    };
    const notes = [
      `${ROUNDS} rounds of ${calls} calls by nobody and as many by somebody, one after the other on one connection; medians.`,
      "cpu: of all threads of the server, with what it collects meanwhile in both alike. The session is looked up anew every 5 s, as always.",
    ];
    return { figures, targets: TARGETS, notes };
  } finally {
    await unity.dispose();
  }
}
