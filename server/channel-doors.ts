import { setMaxListeners } from "node:events";
import { realpath } from "node:fs/promises";
import { sep } from "node:path";
import { CollectError } from "../plugins/sdk/errors";
import type { ChannelDoors, PushKeys } from "./alerts/channels/channel";
import type { Clock } from "./clock";
import { withDeadline } from "./collect/doors/deadline";
import { dialTcp } from "./collect/doors/dial";
import { runFile } from "./collect/doors/exec";
import { fetchUrl } from "./collect/doors/fetch";
import { createGuard, type Guard } from "./collect/doors/guard";

/** Of one request: whoever is told of an alert is told again rather than waited for. */
const TIMEOUT_MS = 10_000;
/** Of an answer, for the log of deliveries, the beginning is enough. */
const MOST_ANSWER_BYTES = 64 * 1_024;

interface Parts {
  readonly clock: Clock;
  pushKeys(): Promise<PushKeys>;
  /** Only what lies in it may be run: whoever may make a channel need not be one who may run programs here. */
  readonly scriptsFolder?: string | undefined;
  /** Finds every address that is connected to. */
  readonly guard?: Guard | undefined;
  readonly timeoutMs?: number;
}

/** The world as channels reach it: what plugins have of it, less of it, with shorter ends. */
export function openChannelDoors(
  { clock, pushKeys, scriptsFolder, guard = createGuard(), timeoutMs = TIMEOUT_MS }: Parts,
  signal: AbortSignal,
): ChannelDoors {
  // Every request under way listens to it; that many are no leak.
  setMaxListeners(0, signal);
  return {
    // A redirect would make a POST a GET, or carry a secret elsewhere: the address must be where it ends.
    fetch: (url, request) =>
      fetchUrl(url, { ...request, timeoutMs, maxBytes: MOST_ANSWER_BYTES, maxRedirects: 0 }, { signal, guard }),
    dial: (host, port) =>
      withDeadline({ signal, timeoutMs, where: `${host}:${port}` }, async (inner) => {
        const { socket } = await dialTcp({ host, port }, guard, inner);
        if (inner.aborted) socket.destroy();
        return socket;
      }),
    run: async (path, options) => runFile(await findScript(path, scriptsFolder), { ...options, timeoutMs }, signal),
    pushKeys,
    signal,
    now: clock.now(),
  };
}

async function findScript(path: string, folder: string | undefined): Promise<string> {
  const missing = (cause: unknown): never => {
    throw new CollectError("missing_tool", `${path} is not there.`, { hint: `Put it into ${folder}.`, cause });
  };
  if (folder === undefined) throw new CollectError("permission", "This Unity runs no scripts.");
  const [script, allowed] = await Promise.all([realpath(path).catch(missing), realpath(folder).catch(missing)]);
  if (script.startsWith(`${allowed}${sep}`)) return script;
  throw new CollectError("permission", `${path} does not lie in ${folder}; nothing else is run.`, {
    hint: "Put the script itself there, not a link to another place.",
  });
}
