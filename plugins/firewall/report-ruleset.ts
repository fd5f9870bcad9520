import { createHash } from "node:crypto";
import { type CollectContext, matchesAny, type Report, toLabel } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";
import type { Ruleset } from "./ruleset";

type Context = CollectContext<Config>;
type Reported = Report<typeof metrics>;

/** A change is shown for so long. */
const CHANGED_MS = 900_000;

export function reportRuleset({ config }: Context, report: Reported, { chains, counters }: Ruleset): void {
  const { maxItems, watchCounters } = config;
  const watched = counters.filter(
    ({ name }) =>
      watchCounters.length === 0 ||
      matchesAny(name, watchCounters) ||
      matchesAny(name.replace(/^\S+ /, ""), watchCounters),
  );
  report("firewall_chains_truncated", Math.max(chains.length, watched.length) > maxItems ? 1 : 0);
  // Those that filter what comes in are never the ones left out.
  const first = [...chains].sort((a, b) => Number(b.filtersIncoming) - Number(a.filtersIncoming));
  for (const { name, policy, rules, amounts } of first.slice(0, maxItems)) {
    const chain = toLabel(name);
    report("firewall_rules", rules, { table_or_chain: chain });
    if (policy) report("firewall_default_policy", 1, { chain, policy });
    for (const [verdict, { packets, bytes }] of amounts) {
      report("firewall_packets_total", packets, { chain, verdict });
      report("firewall_bytes_total", bytes, { chain, verdict });
    }
  }
  // A family's table may have the counter of another: those are one.
  const sums = new Map<string, { packets: number; bytes: number }>();
  for (const { name, packets, bytes } of watched.slice(0, maxItems)) {
    const counter = toLabel(name);
    const known = sums.get(counter) ?? { packets: 0, bytes: 0 };
    sums.set(counter, { packets: known.packets + packets, bytes: known.bytes + bytes });
  }
  for (const [counter, { packets, bytes }] of sums) {
    report("firewall_counter_packets_total", packets, { counter });
    report("firewall_counter_bytes_total", bytes, { counter });
  }
}

export function reportChange(context: Context, report: Reported, fingerprint: string): void {
  const { changedAt, isRecent } = noteRules(context, fingerprint);
  if (changedAt !== undefined) report("firewall_ruleset_hash_changed_timestamp_seconds", changedAt / 1_000);
  report("firewall_rules_changed", isRecent ? 1 : 0);
}

/** Notices that the rules are others than in the last run. @param fingerprint what changes when they do */
export function noteRules({ memory, now }: Pick<Context, "memory" | "now">, fingerprint: string) {
  const hash = createHash("sha256").update(fingerprint).digest("hex");
  const known = memory.recall<{ hash: string; changedAt: number | undefined }>("ruleset")?.value;
  const changedAt = known && known.hash !== hash ? now : known?.changedAt;
  memory.keep("ruleset", { hash, changedAt });
  return { changedAt, isRecent: changedAt !== undefined && now - changedAt < CHANGED_MS };
}
