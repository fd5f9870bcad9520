import { type AlertSpec, hours, minutes } from "../sdk";
import type { metrics } from "./metrics";

export const alerts: readonly AlertSpec<keyof typeof metrics>[] = [
  {
    id: "ups_on_battery",
    metric: "ups_on_battery",
    when: { equals: 1 },
    // A blink of the mains is over before that.
    forSeconds: 30,
    severity: "warning",
    summary: "{{ups}} ({{instance}}) runs on battery: the mains are gone.",
  },
  {
    id: "ups_low_battery",
    metric: "ups_running_out",
    when: { equals: 1 },
    severity: "critical",
    down: true,
    summary: "{{ups}} ({{instance}}) is running out of battery. Shut down what hangs on it.",
  },
  {
    id: "ups_replace_battery",
    metric: "ups_replace_battery",
    when: { equals: 1 },
    forSeconds: hours(1),
    severity: "warning",
    summary: "{{ups}} ({{instance}}) wants a new battery.",
  },
  {
    id: "ups_comm_lost",
    metric: "ups_communication_ok",
    when: { equals: 0 },
    forSeconds: minutes(2),
    severity: "critical",
    summary: "{{instance}} has lost contact with {{ups}}: a power cut would go unnoticed.",
  },
  {
    id: "ups_overload",
    metric: "ups_overloaded",
    when: { equals: 1 },
    forSeconds: minutes(1),
    severity: "critical",
    summary: "{{ups}} ({{instance}}) is overloaded: it may switch off without warning.",
  },
];
