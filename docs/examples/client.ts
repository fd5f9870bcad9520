/**
 * Unity from your own TypeScript: the same procedures that its pages use, typed end to end.
 * Run it beside a running Unity, with an API token (docs/tokens.md) that may read:
 * UNITY_TOKEN=unity_... npx tsx docs/examples/client.ts [http://localhost:3000]
 */
import { createTRPCClient, createWSClient, httpBatchLink, splitLink, wsLink } from "@trpc/client";
import { WebSocket } from "ws";
import type { AppRouter } from "../../server/trpc/router";

const address = process.argv[2] ?? "http://localhost:3000";
const headers = { authorization: `Bearer ${process.env.UNITY_TOKEN}` };

/** A browser's own sends no headers, and needs none: it has a cookie. */
class SignedIn extends WebSocket {
  constructor(url: string | URL) {
    super(url, { headers });
  }
}
Object.assign(globalThis, { WebSocket: SignedIn });

const socket = createWSClient({ url: `${address.replace(/^http/, "ws")}/api/ws` });
const unity = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: (operation) => operation.type === "subscription",
      true: wsLink({ client: socket }),
      false: httpBatchLink({ url: `${address}/api/trpc`, headers }),
    }),
  ],
});

// Who is there, and how are they doing?
for (const { name, pluginName, status } of await unity.plugins.instances.query()) {
  console.log(`${pluginName} "${name}" is ${status.health}${status.message ? `: ${status.message}` : ""}`);
}

// The CPU of this machine over the past hour, in at most 60 points.
const instances = await unity.plugins.instances.query();
const machine = instances.find(({ plugin }) => plugin === "system-info");
if (machine) {
  const to = Date.now();
  const metrics = ["system_cpu_usage_ratio"];
  const range = await unity.metrics.range.query({
    instance: machine.id,
    metrics,
    from: to - 3_600_000,
    to,
    maxPoints: 60,
  });
  const averages = range.lines[0]?.avg.filter((value) => value !== null) ?? [];
  console.log(`CPU: ${averages.length} points of ${range.stepMs / 1_000} s, newest ${averages.at(-1) ?? "unknown"}`);
}

// And then live, three messages long.
let messages = 0;
const subscription = unity.live.stream.subscribe(undefined, {
  onData: ({ series }) => {
    console.log(`live: ${series.length} new values`);
    if (++messages === 3) {
      subscription.unsubscribe();
      socket.close();
    }
  },
});
