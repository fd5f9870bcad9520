import { type AlertSpec, hours, minutes } from "../sdk";
import type { Config } from "./config";
import type { metrics } from "./metrics";

export const alerts: readonly AlertSpec<keyof typeof metrics, Config>[] = [
  {
    id: "mail_queue_high",
    metric: "mail_queue_waiting_messages",
    when: ({ queueWarning }) => ({ above: queueWarning }),
    forSeconds: minutes(15),
    severity: "warning",
    summary: "{{value}} messages wait in the queue of {{instance}}.",
  },
  {
    id: "mail_queue_old",
    metric: "mail_queue_oldest_age_seconds",
    where: { queue: "deferred" },
    when: { above: hours(4) },
    severity: "warning",
    summary: "A message has been waiting at {{instance}} for {{value}}.",
  },
  {
    id: "mail_service_down",
    metric: "mail_smtp_up",
    when: { equals: 0 },
    forSeconds: minutes(2),
    severity: "critical",
    summary: "SMTP of {{instance}} does not answer as it should: no mail gets in or out.",
  },
  {
    id: "mail_service_down_imap",
    metric: "mail_imap_up",
    when: { equals: 0 },
    forSeconds: minutes(2),
    severity: "critical",
    summary: "IMAP of {{instance}} does not answer as it should: nobody can read mail.",
  },
  {
    id: "mail_roundtrip_failed",
    metric: "mail_roundtrip_failed_tries",
    // The second in a row: one may be greylisted.
    when: { above: 1 },
    severity: "critical",
    summary: "Mail sent through {{instance}} does not arrive: {{value}} tries in a row failed.",
  },
];
