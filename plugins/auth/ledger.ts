import { isWithin, parseNetwork, toLabel } from "../sdk";
import type { Config } from "./config";
import type { AuthEvent } from "./events";
import type { AuthState, Count, Failure } from "./state";

/** Kinds of attempts, and users of sudo, counted each; beyond, together. */
const MAX_COUNTS = 200;
const OTHER = "other";
/** Kinds of failures within the window: a flood from ten thousand addresses is one. */
const MAX_FAILURES = 10_000;
const MAX_CONNECTIONS = 2_000;
const MAX_KNOWN = 2_000;
const MAX_LATEST = 20;
const KNOWN_MS = 30 * 86_400_000;
/** A line's own time is believed when it is near: a log that is read late is no attack of now. */
const MAX_AHEAD_MS = 300_000;

type Attempt = Extract<AuthEvent, { type: "attempt" }>;

export interface Ledger {
  /** @param at the line's own time, where it says it. Epoch milliseconds */
  count(event: AuthEvent, at?: number): void;
  /** Removes what is older than the window. */
  forgetOld(): void;
}

/** Keeps the books of logins. */
export function createLedger(config: Config, state: AuthState, now: number): Ledger {
  const trusted = config.trustedNetworks.map(parseNetwork).filter((network) => network !== undefined);
  const isTrusted = (source: string) => isWithin(source, trusted);
  const firstMinute = () => Math.floor((now - config.windowSeconds * 1_000) / 60_000);
  const byKey = new Map(state.failures.map((failure) => [keyOf(failure), failure]));
  const connections = new Set(state.connections);

  const noteFailure = (attempt: Omit<Failure, "minute">, at: number) => {
    const minute = Math.floor(at / 60_000);
    if (minute < firstMinute()) return;
    const key = keyOf({ ...attempt, minute });
    const known = byKey.get(key);
    if (known) known.count += attempt.count;
    else {
      const added = { ...attempt, minute };
      byKey.set(key, added);
      state.failures.push(added);
      if (state.failures.length > MAX_FAILURES)
        for (const old of state.failures.splice(0, MAX_FAILURES / 10)) byKey.delete(keyOf(old));
    }
  };
  const noteConnection = (name: string) => {
    connections.add(name);
    state.connections.push(name);
    if (state.connections.length > MAX_CONNECTIONS)
      for (const old of state.connections.splice(0, MAX_CONNECTIONS / 10)) connections.delete(old);
  };
  const noteSuccess = ({ user, source = "", service, count }: Attempt, at: number) => {
    // Becoming root by su is no login.
    if (user === "root" && service !== "su") state.rootLogins += count;
    if (source === "" || isTrusted(source)) return;
    const failures = state.failures.filter((failure) => failure.source === source && failure.minute >= firstMinute());
    if (failures.reduce((sum, failure) => sum + failure.count, 0) >= config.failedThreshold)
      state.afterFailures += count;
    const known = state.known.find((entry) => entry.source === source);
    if (!known || at - known.at > KNOWN_MS) state.newSources += 1;
    if (known) known.at = Math.max(known.at, at);
    else state.known.push({ source, at });
    if (state.known.length > MAX_KNOWN) state.known.sort((a, b) => a.at - b.at).splice(0, MAX_KNOWN / 10);
  };
  const noteAttempt = (attempt: Attempt, at: number) => {
    const { service, ok, method, user, source = "", port, count } = attempt;
    const result = ok ? "accepted" : "failed";
    add(state.attempts, [service, result, method], count);
    if (source !== "" && port !== undefined) noteConnection(`${source} ${port}`);
    if (ok) noteSuccess(attempt, at);
    else noteFailure({ service, source: isTrusted(source) ? "" : source, user: toLabel(user), count }, at);
    show({ service, result, user, source }, at);
  };
  const show = (shown: Omit<AuthState["latest"][number], "at">, at: number) => {
    state.latest.push({ at, ...shown, user: toLabel(shown.user) });
    if (state.latest.length > MAX_LATEST) state.latest.shift();
  };

  return {
    count: (event, said) => {
      const at = said !== undefined && said <= now + MAX_AHEAD_MS ? Math.min(said, now) : now;
      state.lastEventAt = Math.max(state.lastEventAt ?? 0, at);
      switch (event.type) {
        case "attempt":
          return noteAttempt(event, at);
        case "invalid":
          return add(state.invalidUsers, [event.service], event.count);
        case "closed":
          // With keys only, no line tells of a failed attempt but the end of its connection.
          if (connections.has(`${event.source} ${event.port}`)) return;
          return noteAttempt({ ...event, type: "attempt", ok: false, method: "none" }, at);
        case "sudo":
          add(state.sudo, [toLabel(event.user), event.result], event.count);
          return show({ service: "sudo", result: event.result, user: event.user, source: "" }, at);
        default:
          event satisfies never;
      }
    },
    forgetOld: () => {
      state.failures = state.failures.filter(({ minute }) => minute >= firstMinute());
    },
  };
}

const keyOf = ({ minute, service, source, user }: Omit<Failure, "count">) => `${minute} ${service} ${source} ${user}`;

function add(counts: Count[], labels: readonly string[], by: number): void {
  const find = (wanted: readonly string[]) =>
    counts.find((count) => count.labels.every((label, index) => label === wanted[index]));
  const isFull = counts.length >= MAX_COUNTS;
  const wanted = isFull && !find(labels) ? [OTHER, ...labels.slice(1)] : labels;
  const known = find(wanted);
  if (known) known.value += by;
  // Results and methods are few, so that those of "other" always fit.
  else counts.push({ labels: wanted, value: by, told: false });
}
