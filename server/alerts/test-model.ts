import type { Phase } from "./shapes/alert";

/**
 * What an alert of one series goes through, told as the documentation tells it and not as the engine does it: slow, plain, with a memory of
 * its own. `model.test.ts` lets both live through the same.
 */

const SECOND = 1_000;
export const INTERVAL = 10 * SECOND;
const STALE = 3 * INTERVAL;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

export interface ModelRule {
  readonly kind: "value" | "absent" | "failing";
  readonly is: "above" | "below";
  readonly limit: number;
  readonly clear: number | undefined;
  readonly forMs: number;
  readonly keepMs: number;
  readonly whenGone: "resolve" | "keep" | "fire";
  /** Of silence, or runs that failed. */
  readonly silenceMs: number;
  readonly runs: number;
}

export interface ModelRun {
  readonly at: number;
  readonly value: number | undefined;
  readonly failed: boolean;
}

export interface Told {
  readonly from: Phase;
  readonly to: Phase;
}

export class AlertModel {
  phase: Phase = "inactive";
  /** Whether it was ever heard of, and what was last known of the condition. */
  private known = false;
  private beyond: boolean | undefined;
  private stays = false;
  /** Silence by the time that somebody looked, and by the clock. */
  private silentMs = 0;
  private newestAt = Number.NEGATIVE_INFINITY;
  private lastRunAt: number | undefined;
  private lastInputAt: number | undefined;
  /** Of the first run nobody says that it is late. */
  private fresh = true;
  private heldMs = 0;
  private overMs: number | undefined;
  private errors = 0;
  private dismissed = false;

  constructor(private readonly rule: ModelRule) {
    this.known = rule.kind === "failing";
  }

  isOpen(): boolean {
    return this.phase === "pending" || this.phase === "firing";
  }

  /** Rules are looked at anew: only what is open tells how things were. */
  reload(): void {
    this.beyond = undefined;
    this.stays = this.isHolding();
    this.fresh = true;
    if (!this.known || this.rule.kind === "failing") return;
    this.silentMs = (this.lastRunAt ?? 0) - this.newestAt;
    if (this.silentMs > DAY && !this.isOpen() && !this.dismissed) this.known = false;
  }

  restart(): void {
    this.reload();
    if (this.isOpen() || this.dismissed) return;
    this.phase = "inactive";
    this.lastInputAt = undefined;
  }

  byHand(at: number): void {
    this.lastInputAt = at;
    this.phase = "resolved";
    this.dismissed = true;
    this.overMs = undefined;
  }

  run({ at, value, failed }: ModelRun): Told | undefined {
    const elapsed = this.lastRunAt === undefined ? 0 : at - this.lastRunAt;
    if (!this.fresh && elapsed <= 0 && elapsed > -MINUTE) return undefined;
    this.fresh = false;
    this.lastRunAt = at;
    this.errors = failed ? this.errors + 1 : 0;
    this.pass(elapsed, at);
    if (value !== undefined) this.look(value, at);
    const input = this.input(failed);
    if (input === undefined) return undefined;
    if (this.dismissed && (input === "error" || input === "holds")) return undefined;
    this.dismissed = false;
    const since = this.lastInputAt === undefined ? 0 : at - this.lastInputAt;
    if (this.lastInputAt !== undefined && since <= 0 && since > -MINUTE) return undefined;
    this.lastInputAt = at;
    return this.become(input, Math.min(Math.max(since, 0), STALE));
  }

  /** Nobody knows how long it was when a clock was set back, and what was while a machine slept. */
  private pass(elapsed: number, at: number): void {
    if (elapsed > 0) this.silentMs += elapsed > 6 * INTERVAL ? INTERVAL : elapsed;
    else if (elapsed < 0 && this.lastInputAt !== undefined) this.lastInputAt = Math.min(this.lastInputAt, at - 1);
  }

  private look(value: number, at: number): void {
    // Away for long, it is judged as what comes for the first time, unless its alert is still open.
    if (this.silentMs > STALE) this.stays = this.isHolding();
    const { is, limit, clear = limit } = this.rule;
    const bound = this.stays ? clear : limit;
    this.beyond = is === "above" ? value > bound : value < bound;
    this.stays = this.beyond;
    this.known = true;
    this.silentMs = 0;
    // The store keeps the newest by the clock.
    this.newestAt = Math.max(this.newestAt, at);
  }

  private isHolding(): boolean {
    return this.dismissed || this.phase === "pending" || (this.phase === "firing" && this.overMs === undefined);
  }

  private input(failed: boolean): "holds" | "over" | "gone" | "error" | undefined {
    if (!this.known) return undefined;
    if (this.rule.kind === "failing") return this.errors >= this.rule.runs ? "holds" : "over";
    if (this.rule.kind === "absent") return this.silentMs > this.rule.silenceMs ? "holds" : "over";
    if (failed) return "error";
    if (this.silentMs > STALE) return "gone";
    if (this.beyond === undefined) return undefined;
    return this.beyond ? "holds" : "over";
  }

  private become(input: "holds" | "over" | "gone" | "error", passed: number): Told | undefined {
    const from = this.phase;
    const to = this.next(input, passed);
    if (to === from) return undefined;
    this.phase = to;
    this.heldMs = 0;
    this.overMs = undefined;
    return { from, to };
  }

  private next(input: "holds" | "over" | "gone" | "error", passed: number): Phase {
    if (this.phase === "firing") return this.nextOfFiring(input, passed);
    if (input === "error") return "error";
    if (input === "gone") return this.rule.whenGone === "fire" ? "firing" : "no_data";
    const { forMs } = this.rule;
    if (input === "over") return this.phase === "resolved" ? "resolved" : "inactive";
    if (this.phase !== "pending") return forMs === 0 ? "firing" : "pending";
    this.heldMs += passed;
    return this.heldMs >= forMs ? "firing" : "pending";
  }

  private nextOfFiring(input: "holds" | "over" | "gone" | "error", passed: number): Phase {
    if (input === "error") return "firing";
    if (input === "gone") return this.rule.whenGone === "resolve" ? "resolved" : "firing";
    if (input === "holds") {
      this.overMs = undefined;
      return "firing";
    }
    this.overMs = this.overMs === undefined ? 0 : this.overMs + passed;
    return this.overMs >= this.rule.keepMs ? "resolved" : "firing";
  }
}
