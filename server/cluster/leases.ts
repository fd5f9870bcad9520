import { LEASE_MS, type LeaseTable } from "./lease-table";
import { type Company, type Process, processFor, type Shareable } from "./processes";
import { createWakeClock } from "./wake-clock";

const BEAT_MS = 4_000;
/** On this side a lease ends earlier than the database says, for the way there and back. */
const MARGIN_MS = 2_000;
/** A database that says nothing for so long counts as away: before the leases end, so that collecting goes on. */
const SILENT_MS = 7_000;

/** Which instances this process collects. */
export interface Leases {
  /** Whether it may, now. */
  holds(instanceId: string): boolean;
  /** Everybody who lives, this process among them. */
  processes(): readonly Process[];
  /** For so long every beat has come through; 0 while none does. */
  steadyMs(): number;
  /** Looks who lives, keeps what is its own, takes what is nobody's, and gives away what is another's. */
  beat(): Promise<void>;
  /** Beats from now on. */
  start(): void;
  /** Gives everything back. */
  stop(): Promise<void>;
}

interface LeasesParts {
  readonly id: string;
  readonly table: LeaseTable;
  /** Those that are to be collected by somebody. */
  readonly instances: () => readonly Shareable[];
  readonly gained: (instanceIds: readonly string[]) => void;
  readonly lost: (instanceIds: readonly string[]) => void;
  /** Others may take what this process gave away. */
  readonly released: () => void;
  readonly failed: (error: unknown) => void;
  readonly worked: () => void;
  /** Milliseconds that only go forward, also over a pause of the process or of its machine. */
  readonly now?: () => number;
}

export function createLeases(parts: LeasesParts): Leases {
  const { id, table, instances, now = createWakeClock() } = parts;
  const held = new Set<string>();
  let company: Company = { processes: [], gone: [] };
  let validUntil = 0;
  /** The database does not answer. Nobody can take anything then, and what was collected goes on. */
  let isAway = false;
  let steadySince: number | undefined;
  let timer: ReturnType<typeof setInterval> | undefined;
  let beating: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  async function beatOnce(): Promise<void> {
    const startedAt = now();
    const silent = setTimeout(() => goOn(new Error(`the database says nothing for ${SILENT_MS / 1_000} s`)), SILENT_MS);
    if (startedAt > validUntil) steadySince = undefined;
    try {
      const seen = await table.beat();
      const isBack = steadySince === undefined;
      const mine = new Set(seen.held);
      drop([...held].filter((one) => !mine.has(one)));
      validUntil = startedAt + LEASE_MS - MARGIN_MS;
      isAway = false;
      steadySince ??= startedAt;
      // Whoever was cut off with this process lives as well, and only was not back first.
      if (isBack && held.size > 0) return parts.worked();
      company = seen;
      const wanted = instances().filter((one) => processFor(one, company) === id);
      const wantedIds = new Set(wanted.map((one) => one.id));
      // What was left by an earlier beat whose answer was lost is its own, too.
      const superfluous = [...mine].filter((one) => !wantedIds.has(one));
      drop(superfluous.filter((one) => held.has(one)));
      if (superfluous.length > 0) {
        await table.release(superfluous);
        parts.released();
      }
      const missing = wanted.filter((one) => !held.has(one.id)).map((one) => one.id);
      const got = await table.claim(missing);
      if (stopped) return;
      for (const one of got) held.add(one);
      if (got.length > 0) parts.gained(got);
      parts.worked();
    } catch (error) {
      goOn(error);
    } finally {
      clearTimeout(silent);
    }
  }

  /** Without the database, but not after a sleep in which others may have taken what it had. */
  function goOn(error: unknown): void {
    isAway ||= now() < validUntil || company.processes.length <= 1;
    steadySince = undefined;
    parts.failed(error);
  }

  function drop(instanceIds: readonly string[]): void {
    for (const one of instanceIds) held.delete(one);
    if (instanceIds.length > 0) parts.lost(instanceIds);
  }

  function beat(): Promise<void> {
    if (stopped) return Promise.resolve();
    if (beating) {
      // What it was called for may have come after that one looked.
      again = true;
      return beating;
    }
    beating = beatOnce().then(async () => {
      beating = undefined;
      if (again) {
        again = false;
        await beat();
      }
    });
    return beating;
  }

  return {
    holds: (instanceId) => held.has(instanceId) && (now() < validUntil || isAway),
    processes: () => company.processes,
    steadyMs: () => (steadySince === undefined ? 0 : now() - steadySince),
    beat,
    start() {
      timer = setInterval(() => void beat(), BEAT_MS);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      stopped = true;
      await beating;
      held.clear();
      await table.leave();
    },
  };
}
