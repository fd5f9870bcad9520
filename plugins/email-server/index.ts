import { chart, definePlugin, hours, meter, states, table } from "../sdk";
import { alerts } from "./alerts";
import { config, imapServer, smtpServer, targetOf } from "./config";
import { discover } from "./discover";
import { collectEvents } from "./dovecot-events";
import { collectSessions } from "./dovecot-sessions";
import { collectLog } from "./log";
import { metrics } from "./metrics";
import { createParts, type Notes } from "./parts";
import { probeImap } from "./probe-imap";
import { probeSmtp } from "./probe-smtp";
import { collectQueue } from "./queue";
import { openRoundTrip } from "./round-trip";

export default definePlugin({
  id: "email-server",
  name: "Email server",
  summary: "Postfix, Exim, Sendmail, Dovecot: whether mail waits in the queue, SMTP and IMAP answer, and mail arrives.",
  category: "application",
  tier: 3,
  kind: "network",
  needs: [
    "For the queue: postqueue (postfix), exim4 or sendmail on this machine",
    "Exim: membership in its group (usermod -aG Debian-exim unity)",
    "For the log: read access to it (usermod -aG adm unity, or systemd-journal)",
    "For the inbox and round trips: a mailbox of its own",
  ],
  intervalSeconds: 60,
  timeoutMs: 50_000,
  config,
  metrics,
  alerts,
  board: [
    meter("mail_queue_waiting_messages", "Waiting", { warn: 100, bad: 500 }),
    meter("mail_queue_oldest_age_seconds", "Oldest", {
      where: { queue: "deferred" },
      warn: hours(1),
      bad: hours(4),
    }),
    meter("mail_smtp_up", "SMTP", { warn: 1, bad: 0.5, lowIsBad: true }),
    meter("mail_imap_up", "IMAP", { warn: 1, bad: 0.5, lowIsBad: true }),
    meter("mail_roundtrip_seconds", "Round trip", { warn: 30, bad: 120 }),
    meter("mail_quota_used_ratio", "Mailbox", { warn: 0.8, bad: 0.95 }),
    states("mail_login_ok", "Logins", "service"),
    table({
      title: "Queues",
      by: "queue",
      columns: [
        { metric: "mail_queue_messages", title: "Messages" },
        { metric: "mail_queue_oldest_age_seconds", title: "Oldest" },
      ],
    }),
    table({
      title: "Why mail waits",
      by: "reason_class",
      columns: [{ metric: "mail_queue_deferred_reasons", title: "Messages" }],
    }),
    chart("Queue", ["mail_queue_messages"], { stacked: true }),
    chart("Deliveries", ["mail_delivery_total"], { stacked: true }),
    chart("Turned away", ["mail_rejected_total", "mail_auth_failures_total"]),
    chart("Answers", ["mail_smtp_duration_seconds", "mail_imap_duration_seconds"], { where: { phase: "total" } }),
    chart("Round trip", ["mail_roundtrip_seconds"]),
    chart("Inbox", ["mail_inbox_messages", "mail_inbox_unseen"]),
    chart("Sessions", ["mail_sessions"], { stacked: true }),
    chart("Dovecot", ["mail_dovecot_events_total"]),
  ],
  help: {
    missing_tool: "Choose the mail server that runs on this machine, or none if it runs elsewhere.",
    permission: "Let the user Unity runs as see the queue and read the log; the plugin's page has the commands.",
    auth: "Check user and password, and that the server lets this user in from here.",
    tls: "Paste the CA's certificate, set the server name, or choose another transport.",
    unreachable: "Check that the service runs, host and port, and the firewall between.",
    not_found: "Check the paths of the settings.",
    protocol: "Check that the port is the one of this protocol and transport: 25, 587, 465 and 143, 993.",
  },
  discover,
  target: targetOf,
  async collect(context, report) {
    const { mta, dovecotMetricsUrl, dovecotSessions, logPath } = context.config;
    const parts = createParts(context, report);
    const notes: Notes = { facts: {}, lists: {} };
    const roundTrip = openRoundTrip(context, report);
    const probe = async () => {
      const smtp = smtpServer(context.config);
      const imap = imapServer(context.config);
      // One after the other: what SMTP sent, IMAP looks for.
      if (smtp) await parts.attempt(() => probeSmtp(context, report, smtp, { roundTrip, notes }));
      if (imap) await parts.attempt(() => probeImap(context, report, imap, { roundTrip, notes }));
      roundTrip.finish();
    };
    await Promise.all([
      mta === "none" ? undefined : parts.attempt(() => collectQueue(context, report, mta, notes)),
      logPath === undefined ? undefined : parts.attempt(() => collectLog(context, report, logPath)),
      dovecotMetricsUrl === undefined
        ? undefined
        : parts.attempt(() => collectEvents(context, report, dovecotMetricsUrl)),
      dovecotSessions ? parts.attempt(() => collectSessions(context, report)) : undefined,
      probe(),
    ]);
    if (Object.keys(notes.facts).length > 0) report.inventory(notes);
    parts.finish();
  },
});
