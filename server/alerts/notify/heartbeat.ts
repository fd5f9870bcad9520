import type { Clock } from "../../clock";
import type { Log } from "../../log";
import { createTrouble } from "../../trouble";

/** A dead man's switch: somebody outside is told again and again that all works, and notices when that stops. */
export interface Heartbeat {
  /** Every second or so. Tells it when it is time, and only while collecting works. */
  beat(settings: { readonly url: string; readonly everySeconds: number }): void;
  state(): HeartbeatState;
}

export interface HeartbeatState {
  /** When it was told last, and what came of it. */
  readonly at: number | null;
  readonly ok: boolean | null;
  readonly answer: string;
  /** Nothing is told, because collecting does not work. */
  readonly held: boolean;
}

const TIMEOUT_MS = 10_000;

export function createHeartbeat(parts: {
  readonly clock: Clock;
  readonly log: Log;
  readonly collects: () => boolean;
  readonly ping: (url: string, signal: AbortSignal) => Promise<{ ok: boolean; answer: string }>;
}): Heartbeat {
  const { clock, log } = parts;
  const trouble = createTrouble(log, {
    failing: "the heartbeat's address cannot be reached; it is tried again",
    over: "the heartbeat's address is reached again",
  });
  let state: HeartbeatState = { at: null, ok: null, answer: "", held: false };
  let startedAt = Number.NEGATIVE_INFINITY;
  let busy = false;

  async function tell(url: string): Promise<void> {
    const over = new AbortController();
    const cancel = clock.after(TIMEOUT_MS, () => over.abort(new Error("It took too long.")));
    const at = clock.now();
    // The address is as good as a password: neither it nor what speaks of it goes into the log.
    const answer = await parts
      .ping(url, over.signal)
      .catch(() => ({ ok: false, answer: over.signal.aborted ? "no answer within 10 s" : "it cannot be reached" }));
    cancel();
    state = { ...state, at, ...answer };
    if (answer.ok) trouble.worked();
    else trouble.failed(new Error(answer.answer));
  }

  return {
    state: () => state,
    beat({ url, everySeconds }) {
      const now = clock.now();
      if (url === "" || busy || Math.abs(now - startedAt) < everySeconds * 1_000) return;
      state = { ...state, held: !parts.collects() };
      if (state.held) return;
      startedAt = now;
      busy = true;
      void tell(url).finally(() => {
        busy = false;
      });
    },
  };
}
