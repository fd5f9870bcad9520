import type { Unity } from "./unity";

const LOOK_EVERY_MS = 2_000;

/**
 * Says when the database does not take samples, and when it does again: in the log once each, and to the pages, which then ask
 * how many wait. The answer stops it.
 */
export function watchStore({ store, bus, clock, log }: Pick<Unity, "store" | "bus" | "clock" | "log">): () => void {
  let failingSince: number | null = null;

  function look(): void {
    const { failing = null, pending = 0 } = store.health?.() ?? {};
    if ((failing === null) === (failingSince === null)) return;
    if (failing) log.warn({ reason: failing.message, pending }, "the database does not take samples; they wait");
    else
      log.info(
        { awayMs: clock.now() - (failingSince ?? 0) },
        "the database takes samples again; what waited is being written",
      );
    failingSince = failing?.since ?? null;
    bus.announceChange();
  }

  const timer = setInterval(look, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
