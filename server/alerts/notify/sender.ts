import type { Clock } from "../../clock";
import type { Log } from "../../log";
import type { Delivered } from "../channels/channel";
import { MOST_ALERTS } from "../shapes/message";
import type { Delivery } from "./delivery";
import type { Place } from "./facts";

/** Brings deliveries to channels: each channel's in order, one at a time; none waits for another channel. */
export interface Sender {
  add(deliveries: readonly Delivery[]): void;
  /** Not finished. */
  list(): readonly Delivery[];
  /** Sends it now, whatever it waits for. False when it does not wait. */
  hurry(id: string): boolean;
  /** Lets go of what waits; resolves when nothing is being sent, or the time is up. */
  stop(graceMs: number): Promise<void>;
}

export interface SenderParts {
  readonly clock: Clock;
  readonly log: Log;
  send(delivery: Delivery, signal: AbortSignal): Promise<Delivered>;
  places(): readonly Place[];
  perMinute(): number;
  /** One that says what all of these say, under the first one's id. */
  merge(deliveries: readonly [Delivery, ...Delivery[]]): Delivery;
  /** It is another one: to be written. */
  changed(delivery: Delivery): void;
  written(): Promise<void>;
  /** 0 to 1. */
  random(): number;
}

const MINUTE_MS = 60_000;
/** A channel has ends of its own; this is for one that has forgotten them. */
const ATTEMPT_MS = 60_000;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 15 * MINUTE_MS;
const GIVE_UP_MS = 24 * 3_600_000;
/** From then on a message that fails does not keep the next from being tried: it may be the only one that fails. */
const BLOCKS_UNTIL = 6;
/** Behind one that fails they are put together after so long. */
const MERGE_AFTER_MS = 30_000;
/** In one message: what would not be named in it is told in the next. */
const MOST_MERGED_TELLS = MOST_ALERTS;

interface Lane {
  queue: Delivery[];
  busy: boolean;
  /** When it was sent to in the past minute. */
  sends: number[];
  timer: (() => void) | undefined;
}

/** The first that is due and waits for no other, or how long until there may be one. */
function nextOf(queue: readonly Delivery[], now: number): Delivery | number {
  let soonest = Number.POSITIVE_INFINITY;
  const passed = new Set<string>();
  for (const one of queue) {
    const isBehind = sharesAlert(one, passed);
    if (one.dueAt <= now && !isBehind) return one;
    if (!isBehind) soonest = Math.min(soonest, one.dueAt);
    if (one.attempts < BLOCKS_UNTIL && !isBehind) break;
    for (const { alert } of one.told.tells) passed.add(alert.key);
  }
  // A clock that was set back must not make it wait for ever.
  return Math.min(soonest - now, LONGEST_PAUSE_MS);
}

/** That an alert is over must not arrive before that it fires. */
const sharesAlert = ({ told }: Delivery, keys: ReadonlySet<string>) =>
  told.tells.some(({ alert }) => keys.has(alert.key));

export function createSender(parts: SenderParts): Sender {
  const { clock, log } = parts;
  const lanes = new Map<string, Lane>();
  const ending = new AbortController();
  const running = new Set<Promise<void>>();

  function laneOf(channelId: string): Lane {
    const lane = lanes.get(channelId) ?? { queue: [], busy: false, sends: [], timer: undefined };
    lanes.set(channelId, lane);
    return lane;
  }

  function wake(lane: Lane): void {
    if (lane.busy || ending.signal.aborted) return;
    lane.timer?.();
    lane.timer = undefined;
    lane.busy = true;
    const run = work(lane)
      .catch((error: unknown) => log.error({ err: error }, "sending stopped short; it goes on with the next message"))
      .finally(() => {
        lane.busy = false;
        running.delete(run);
      });
    running.add(run);
  }

  async function work(lane: Lane): Promise<void> {
    // Whatever was added in this very moment is seen together.
    await Promise.resolve();
    for (;;) {
      const next = pick(lane);
      if (next === undefined || ending.signal.aborted) return;
      if (typeof next === "number") {
        lane.timer = clock.after(next, () => {
          lane.timer = undefined;
          wake(lane);
        });
        return;
      }
      await deliver(lane, next);
    }
  }

  /** What to send now, or how long to wait. */
  function pick(lane: Lane): Delivery | number | undefined {
    const now = clock.now();
    lane.queue = lane.queue.filter((one) => isOpen(one) || !drop(one, "the channel is off or gone"));
    if (lane.queue.length === 0) return undefined;
    lane.sends = lane.sends.filter((at) => now - at < MINUTE_MS && at <= now);
    const room = parts.perMinute() - lane.sends.length;
    mergeBehind(lane, room, now);
    if (room <= 0) return Math.max((lane.sends[0] ?? now) + MINUTE_MS - now, 1);
    return nextOf(lane.queue, now);
  }

  const isOpen = ({ channelId }: Delivery) => parts.places().some(({ id, enabled }) => id === channelId && enabled);

  function drop(one: Delivery, answer: string): true {
    parts.changed({ ...one, state: "dropped", answer, finishedAt: clock.now() });
    void parts.written();
    return true;
  }

  /** More than may be sent, or what waited behind one that fails, becomes one. */
  function mergeBehind(lane: Lane, room: number, now: number): void {
    const tried = new Set(
      lane.queue.flatMap(({ attempts, told }) => (attempts > 0 ? told.tells.map(({ alert }) => alert.key) : [])),
    );
    // What waits for one that was tried waits alone: the others must not wait with it.
    const fresh = lane.queue.filter(
      (one) => one.attempts === 0 && one.message.kind === "alerts" && !sharesAlert(one, tried),
    );
    const [first] = fresh;
    if (!first || fresh.length < 2) return;
    if (lane.queue.length <= room && now - first.createdAt < MERGE_AFTER_MS) return;
    const some: [Delivery, ...Delivery[]] = [first];
    let tells = first.told.tells.length;
    for (const one of fresh.slice(1)) {
      tells += one.told.tells.length;
      if (tells > MOST_MERGED_TELLS) break;
      some.push(one);
    }
    if (some.length < 2) return;
    const merged = parts.merge(some);
    for (const one of some) if (one.id !== merged.id) drop(one, `told in message ${merged.id}`);
    const gone = new Set(some.map(({ id }) => id));
    lane.queue = lane.queue.flatMap((one) => (one.id === merged.id ? [merged] : gone.has(one.id) ? [] : [one]));
    parts.changed(merged);
  }

  async function deliver(lane: Lane, waiting: Delivery): Promise<void> {
    const sending: Delivery = { ...waiting, state: "sending", attempts: waiting.attempts + 1 };
    replace(lane, sending);
    // Before anybody hears of it: after a crash it is known that they may have.
    await parts.written();
    const startedAt = clock.now();
    lane.sends.push(startedAt);
    const delivered = await attempt(sending);
    const now = clock.now();
    const { answer } = delivered;
    if (delivered.ok) {
      finish(lane, { ...sending, state: "sent", answer, finishedAt: now });
    } else {
      const dueAt = now + pauseOf(sending.attempts, delivered.retryAfterMs);
      const again = delivered.again && dueAt - sending.createdAt < GIVE_UP_MS;
      if (again) replace(lane, { ...sending, state: "waiting", answer, dueAt });
      else finish(lane, { ...sending, state: "failed", answer, finishedAt: now });
    }
    void parts.written();
  }

  function replace(lane: Lane, delivery: Delivery): void {
    lane.queue = lane.queue.map((one) => (one.id === delivery.id ? delivery : one));
    parts.changed(delivery);
  }

  function finish(lane: Lane, delivery: Delivery): void {
    lane.queue = lane.queue.filter(({ id }) => id !== delivery.id);
    parts.changed(delivery);
    if (delivery.state === "failed")
      log.warn({ channel: delivery.channelId, attempts: delivery.attempts }, "a message could not be delivered");
  }

  function pauseOf(attempts: number, retryAfterMs: number | undefined): number {
    if (retryAfterMs !== undefined) return Math.min(Math.max(retryAfterMs, 1_000), GIVE_UP_MS);
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(attempts - 1, 20), LONGEST_PAUSE_MS);
    // Not all at once, when a service that many wait for comes back.
    return Math.round(pause * (0.8 + 0.4 * parts.random()));
  }

  function attempt(delivery: Delivery): Promise<Delivered> {
    const over = new AbortController();
    return new Promise((resolve) => {
      const cancel = clock.after(ATTEMPT_MS, () => {
        over.abort(new Error("It took too long."));
        resolve({ ok: false, again: true, answer: `no answer within ${ATTEMPT_MS / 1_000} s` });
      });
      const done = (delivered: Delivered) => {
        cancel();
        resolve(delivered);
      };
      parts.send(delivery, over.signal).then(done, (error: unknown) => {
        // Its words may hold what it was called with.
        log.error({ name: error instanceof Error ? error.name : typeof error }, "a channel broke while it was used");
        done({ ok: false, again: true, answer: "the channel broke; it is tried again" });
      });
    });
  }

  return {
    add(deliveries) {
      for (const delivery of deliveries) {
        const lane = laneOf(delivery.channelId);
        if (!lane.queue.some(({ id }) => id === delivery.id)) lane.queue.push(delivery);
      }
      for (const channelId of new Set(deliveries.map((one) => one.channelId))) wake(laneOf(channelId));
    },
    list: () => [...lanes.values()].flatMap(({ queue }) => queue),
    hurry(id) {
      for (const lane of lanes.values()) {
        const one = lane.queue.find((candidate) => candidate.id === id);
        if (one?.state !== "waiting") continue;
        const due = { ...one, dueAt: clock.now() };
        lane.queue = [due, ...lane.queue.filter((other) => other.id !== id)];
        wake(lane);
        return true;
      }
      return false;
    },
    async stop(graceMs) {
      ending.abort();
      for (const lane of lanes.values()) lane.timer?.();
      await Promise.race([
        Promise.allSettled(running),
        new Promise<void>((resolve) => void clock.after(graceMs, resolve)),
      ]);
    },
  };
}
