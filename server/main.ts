import "./next-conf"; // must stay first: Next reads what it sets while it loads
import { createServer } from "node:http";
import next from "next";
import { startCache } from "./cache-feed";
import { readEnv } from "./env";
import { messageOf } from "./errors";
import { type ApiDocument, writeDocument } from "./http/api/document";
import { noAssets, openAssets } from "./http/assets";
import { createServing, type Serving } from "./http/serve";
import { createLog, type Log } from "./log";
import { startMaintenance } from "./maintenance";
import { openUnity } from "./open-unity";
import { folders } from "./places";
import { setRuntime } from "./runtime";
import { sourceStack } from "./source-stack";
import { appRouter } from "./trpc/router";
import type { Unity } from "./unity";
import { watchStore } from "./watch-store";

/** Runs that are open get this long to end; then the process has two more seconds. */
const GRACE_MS = 3_000;
const STOP_WITHIN_MS = 5_000;

const SIGNALS = ["SIGTERM", "SIGINT"] as const;

async function start(): Promise<void> {
  const env = readEnv(process.env);
  const log = createLog(env.logLevel);
  const dev = process.env.NODE_ENV !== "production";
  // Nothing is open that wants to be closed in order. The first process of a container would not end by itself.
  const leave = () => process.exit(0);
  for (const signal of SIGNALS) process.once(signal, leave);

  const upgrades = createServer();
  const app = next({ dev, port: env.port, hostname: env.host, httpServer: upgrades });
  const [unity] = await Promise.all([openUnity(env, log), app.prepare()]);
  let document: ApiDocument | undefined;
  setRuntime({
    router: appRouter,
    createContext: async (headers) => ({ unity, visitor: (await unity.accounts.identify(headers)).visitor }),
    apiDocument: () => (document ??= writeDocument()),
  });
  const page = app.getRequestHandler();
  const assets = dev ? noAssets : await openAssets(folders.assets);
  const serving = createServing(
    unity,
    { page: (request, response) => page(request, response), assets, upgrades, dev },
    env.proxies,
  );
  await serving.listen(env.port, env.host);
  unity.start();
  const stopMaintenance = startMaintenance(unity);
  const stopWatching = watchStore(unity);
  const stopCache = env.redisUrl ? await startCache(unity, env.redisUrl) : undefined;
  log.info(
    {
      url: `http://${env.host}:${env.port}`,
      database: env.database.shown,
      samples: env.metrics?.shown,
      afterMs: Math.round(process.uptime() * 1_000),
    },
    "Unity is ready",
  );

  if (await unity.accounts.firstRun.isOpen()) tellFirstRun(unity, `http://localhost:${env.port}`);

  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, "stopping");
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    stopMaintenance();
    stopWatching();
    await stopCache?.();
    await closeAll(serving, unity, log);
    // In development Next's own watchers would keep the process; everything of ours is closed.
    process.exit(0);
  };
  for (const signal of SIGNALS) process.off(signal, leave).on(signal, () => void stop(signal));
}

/** Whoever reads the log may make the first admin; a browser on this machine needs no token. */
function tellFirstRun({ accounts, log }: Unity, url: string): void {
  log.info(
    { setupToken: accounts.firstRun.token },
    `nobody administers this Unity yet: open ${url}, here or with the token`,
  );
}

async function closeAll(serving: Serving, unity: Unity, log: Log): Promise<void> {
  const results = await Promise.allSettled([serving.close(), unity.stop(GRACE_MS)]);
  for (const result of results)
    if (result.status === "rejected") log.error({ err: result.reason }, "a part did not stop cleanly");
}

start().catch((error: unknown) => {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  const reason =
    code === "EADDRINUSE" ? `Port ${process.env.PORT ?? 3000} is in use. Set PORT to another one.` : messageOf(error);
  process.stderr.write(`Unity cannot start: ${reason}\n`);
  if (process.env.LOG_LEVEL === "debug" && error instanceof Error)
    process.stderr.write(`${sourceStack(error.stack ?? "")}\n`);
  process.exit(1);
});
