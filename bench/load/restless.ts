import { WebSocket } from "ws";
import { pause } from "../measure/pause";

/** What tRPC's client sends first. */
const SUBSCRIBE = JSON.stringify({ id: 1, method: "subscription", params: { path: "live.stream" } });
/** Whatever hangs is given up, so that the others go on. */
const GIVE_UP_MS = 10_000;

/** A Unity, and who is signed in there. */
interface Signed {
  readonly url: string;
  readonly cookie: string;
}

export interface Restless {
  /** How often each was done. */
  readonly done: Readonly<Record<"sockets" | "pages" | "abortedPages", number>>;
  /** @throws what went wrong for one that did not tear itself away */
  requireWell(): void;
  /** Resolves when the last of them has gone. @throws as `requireWell` does */
  stop(): Promise<void>;
}

/**
 * People who never stay: tabs that open the live stream and are torn away, pages that are read, pages that are abandoned while
 * they come.
 */
export function startRestless(unity: Signed): Restless {
  const done = { sockets: 0, pages: 0, abortedPages: 0 };
  let stopped = false;
  let failure: unknown;
  /** Told when somebody asks: until then nobody waits for it. */
  const again = async (work: () => Promise<void>) => {
    try {
      while (!stopped) await work();
    } catch (error) {
      failure ??= error;
    }
  };
  const sockets = Array.from({ length: 5 }, () =>
    again(async () => {
      await tearSocket(unity);
      done.sockets += 1;
    }),
  );
  const pages = again(async () => {
    await loadPage(unity, GIVE_UP_MS);
    done.pages += 1;
    await pause(500);
  });
  const aborted = again(async () => {
    await loadPage(unity, Math.ceil(Math.random() * 15));
    done.abortedPages += 1;
    await pause(250);
  });
  const requireWell = () => {
    if (failure) throw failure;
  };
  return {
    done,
    requireWell,
    async stop() {
      stopped = true;
      await Promise.all([...sockets, pages, aborted]);
      requireWell();
    },
  };
}

/** Half of them say goodbye, half are cut off. */
async function tearSocket({ url, cookie }: Signed): Promise<void> {
  const socket = new WebSocket(`${url.replace(/^http/, "ws")}/api/ws`, { headers: { cookie } });
  socket.on("error", () => undefined);
  socket.on("open", () => socket.send(SUBSCRIBE));
  await pause(Math.random() * 2_000);
  if (Math.random() < 0.5) socket.close();
  else socket.terminate();
}

/** The page and its data. */
async function loadPage({ url, cookie }: Signed, withinMs: number): Promise<void> {
  const signal = AbortSignal.timeout(withinMs);
  try {
    await (await fetch(url, { signal, headers: { cookie } })).text();
    await (await fetch(`${url}/api/trpc/plugins.overview`, { signal, headers: { cookie } })).text();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
