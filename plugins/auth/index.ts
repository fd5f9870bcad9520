import { type CollectContext, CollectError, chart, definePlugin, meter, type Report, readPart, table } from "../sdk";
import { alerts } from "./alerts";
import { type Config, config } from "./config";
import { readDecisions } from "./crowdsec";
import { discover } from "./discover";
import { type Jail, readJails } from "./fail2ban";
import { createLedger } from "./ledger";
import { metrics } from "./metrics";
import { readLog } from "./read-log";
import { reportState, sumBy } from "./report-state";
import { readSessions } from "./sessions";
import { type AuthState, createState } from "./state";

type Context = CollectContext<Config>;
type Reported = Report<typeof metrics>;

/** Of thousands of banned addresses, the list shows some. */
const MAX_BANS_SHOWN = 100;

export default definePlugin({
  id: "auth",
  name: "Authentication",
  summary:
    "Failed logins and who they come from, break-ins, root and sudo, sessions, and bans of fail2ban and CrowdSec.",
  category: "security",
  tier: 0,
  kind: "host",
  needs: [
    "Read access to auth.log (usermod -aG adm unity), or to the journal (usermod -aG systemd-journal unity)",
    "For fail2ban: a line in sudoers, see the plugin's page",
  ],
  intervalSeconds: 30,
  timeoutMs: 25_000,
  config,
  metrics,
  alerts,
  board: [
    meter("auth_failures_window", "Failed logins", { combine: "sum", warn: 20, bad: 100 }),
    meter("auth_failure_sources", "From addresses"),
    meter("auth_sessions", "Sessions", { combine: "sum" }),
    meter("auth_bans_active", "Banned", { combine: "sum" }),
    table({ title: "Attackers", by: "source", columns: [{ metric: "auth_top_source_failures", title: "Failures" }] }),
    table({ title: "Users tried", by: "user", columns: [{ metric: "auth_top_user_failures", title: "Failures" }] }),
    table({
      title: "Jails",
      by: "jail",
      columns: [
        { metric: "auth_bans_active", title: "Banned" },
        { metric: "auth_bans_total", title: "Bans" },
        { metric: "auth_ban_failures", title: "Failures" },
      ],
    }),
    chart("Attempts", ["auth_attempts_total"]),
    chart("Failures within the window", ["auth_failures_window"]),
    chart("sudo", ["auth_sudo_total"]),
    chart("Sessions", ["auth_sessions"], { stacked: true }),
  ],
  help: {
    not_found: "Name the log under Log files. Debian 12 and newer have none without rsyslog: read from the journal.",
    permission: "Let the user Unity runs as read it: usermod -aG adm,systemd-journal unity, then restart Unity.",
    missing_tool: "The journal is read by journalctl, fail2ban by fail2ban-client. Switch off what is not here.",
    timeout:
      "The journal or fail2ban does not answer. A journal on a slow disk may need journalctl --vacuum-size=500M.",
    unreachable: "Start fail2ban (systemctl start fail2ban), or switch it off in the settings.",
    auth: "CrowdSec refused the key. Make another: cscli bouncers add unity.",
    protocol: "Run journalctl, who or fail2ban-client status by hand: one of them fails.",
    parse: "A tool printed something unknown. Run journalctl -o json or fail2ban-client status by hand.",
  },
  discover,
  target: ({ source, logFiles }) => (source === "journal" ? "journal" : (logFiles[0] ?? "")),
  async collect(context, report) {
    const state = context.memory.recall<AuthState>("state")?.value ?? createState();
    context.memory.keep("state", state);
    const ledger = createLedger(context.config, state, context.now);
    let from = "";
    let failure: unknown;
    try {
      from = await readLog(context, state, ledger);
    } catch (error) {
      if (context.signal.aborted || !(error instanceof CollectError)) throw error;
      failure = error;
    }
    ledger.forgetOld();
    report("auth_source_readable", failure === undefined ? 1 : 0);
    if (state.hasBegun) reportState(report, context.config, state);

    const sessions = await readPart(context, report, () => readSessions(context));
    for (const [service, count] of Object.entries(sessions ?? {})) report("auth_sessions", count, { service });
    const jails = (await readPart(context, report, () => readJails(context))) ?? [];
    const decisions = await readPart(context, report, () => readDecisions(context));
    const all = decisions ? [...jails, decisions] : jails;
    reportJails(report, all);
    tellInventory(context, report, state, all, from);
    if (failure !== undefined) throw failure;
  },
});

function reportJails(report: Reported, jails: readonly Jail[]): void {
  for (const { name: jail, bannedNow, bannedTotal, failedNow } of jails) {
    if (bannedNow !== undefined) report("auth_bans_active", bannedNow, { jail });
    if (bannedTotal !== undefined) report("auth_bans_total", bannedTotal, { jail });
    if (failedNow !== undefined) report("auth_ban_failures", failedNow, { jail });
  }
}

function tellInventory(
  context: Context,
  report: Reported,
  state: AuthState,
  jails: readonly Jail[],
  from: string,
): void {
  const { exposeAddresses, maxItems } = context.config;
  const bans = jails.flatMap(({ name, addresses }) => addresses.map((address) => ({ jail: name, address })));
  report.inventory({
    facts: { readFrom: from === "" ? "nothing" : from, jails: jails.length },
    lists: exposeAddresses
      ? {
          latest: state.latest.map(({ at, ...rest }) => ({ at: new Date(at).toISOString(), ...rest })).reverse(),
          sources: sumBy(state.failures, ({ source }) => source)
            .slice(0, maxItems)
            .map(([source, failures]) => ({ source, failures })),
          bans: bans.slice(0, MAX_BANS_SHOWN),
        }
      : {},
  });
}
