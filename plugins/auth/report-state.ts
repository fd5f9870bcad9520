import type { Report } from "../sdk";
import type { Config } from "./config";
import { SUDO_RESULTS } from "./events";
import type { metrics } from "./metrics";
import type { AuthState, Count, Failure } from "./state";

type Reported = Report<typeof metrics>;
type Item = readonly [name: string, failures: number];

/** Reports the books. Totals that are new are told as 0 first, so that an alert sees them grow. */
export function reportState(report: Reported, config: Config, state: AuthState): void {
  for (const [[service = "", result = "", method = ""], value] of tell(state.attempts))
    report("auth_attempts_total", value, { service, result, method });
  for (const [[service = ""], value] of tell(state.invalidUsers)) report("auth_invalid_user_total", value, { service });
  reportSudo(report, config, state.sudo);
  report("auth_success_new_source_total", state.newSources);
  report("auth_success_after_failures_total", state.afterFailures);
  report("auth_root_logins_total", state.rootLogins);
  if (state.lastEventAt !== undefined) report("auth_last_event_timestamp_seconds", state.lastEventAt / 1_000);
  reportFailures(report, config, state.failures);
}

function reportSudo(report: Reported, { exposeAddresses }: Config, counts: readonly Count[]): void {
  if (exposeAddresses) {
    for (const [[user = "", result = ""], value] of tell(counts)) report("auth_sudo_total", value, { user, result });
    return;
  }
  for (const result of SUDO_RESULTS) {
    const ofResult = counts.filter(({ labels }) => labels[1] === result);
    report(
      "auth_sudo_total",
      ofResult.reduce((sum, { value }) => sum + value, 0),
      { user: "all", result },
    );
  }
}

function reportFailures(report: Reported, { exposeAddresses, maxItems }: Config, failures: readonly Failure[]): void {
  const services = new Map(sumBy(failures, ({ service }) => service));
  for (const [service, count] of new Map([["ssh", 0], ...services])) report("auth_failures_window", count, { service });
  const sources = sumBy(failures, ({ source }) => source);
  const users = sumBy(failures, ({ user }) => user);
  report("auth_failure_sources", sources.length);
  report("auth_items_truncated", Math.max(sources.length, users.length) > maxItems ? 1 : 0);
  if (exposeAddresses) {
    for (const [source, count] of sources.slice(0, maxItems)) report("auth_top_source_failures", count, { source });
    for (const [user, count] of users.slice(0, maxItems)) report("auth_top_user_failures", count, { user });
  } else report("auth_top_source_failures", sources[0]?.[1] ?? 0, { source: "hidden" });
}

/** Of all names but the empty one, the busiest first. */
export function sumBy(failures: readonly Failure[], nameOf: (failure: Failure) => string): Item[] {
  const sums = new Map<string, number>();
  for (const failure of failures) {
    const name = nameOf(failure);
    if (name !== "") sums.set(name, (sums.get(name) ?? 0) + failure.count);
  }
  return [...sums].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}

function tell(counts: readonly Count[]): (readonly [labels: readonly string[], value: number])[] {
  return counts.map((count) => {
    const value = count.told ? count.value : 0;
    count.told = true;
    return [count.labels, value];
  });
}
