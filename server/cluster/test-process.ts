/** One Unity without pages, as a process of its own. Says in lines what it has and what it hears; ends as Unity does. */
import { readEnv } from "../env";
import { createLog } from "../log";
import { openUnity } from "../open-unity";

const unity = await openUnity(readEnv(process.env), createLog("warn"));
const say = (what: string, fact: unknown) =>
  process.stdout.write(`${JSON.stringify({ what, fact, at: Date.now() })}\n`);

const stopping = new AbortController();
const listening = (async () => {
  for await (const { statuses } of unity.bus.listen(stopping.signal))
    for (const one of statuses) say("live", one.instanceId);
})();
const timer = setInterval(() => {
  const held = unity.instances.list().filter(({ id }) => unity.cluster.holds(id));
  say("state", { held: held.map(({ id }) => id), leads: unity.cluster.leads(), processes: unity.cluster.processes() });
}, 500);

process.on("SIGTERM", async () => {
  clearInterval(timer);
  stopping.abort();
  await listening;
  await unity.stop(1_000);
  process.exit(0);
});
unity.start();
say("started", process.pid);
