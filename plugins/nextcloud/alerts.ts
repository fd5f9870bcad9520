import { type AlertSpec, hours, minutes } from "../sdk";
import type { metrics } from "./metrics";

const GIBIBYTE = 1_073_741_824;

export const alerts: readonly AlertSpec<keyof typeof metrics>[] = [
  {
    id: "nextcloud_maintenance",
    metric: "nextcloud_maintenance",
    when: { equals: 1 },
    forSeconds: minutes(30),
    severity: "warning",
    summary: "{{instance}} has been in maintenance mode for half an hour. To end it: occ maintenance:mode --off",
  },
  {
    id: "nextcloud_space",
    metric: "nextcloud_free_bytes",
    when: { below: 10 * GIBIBYTE },
    forSeconds: minutes(15),
    severity: "warning",
    summary: "{{instance}} has {{value}} left for data.",
  },
  {
    id: "nextcloud_update",
    metric: "nextcloud_update_available",
    when: { equals: 1 },
    forSeconds: hours(24),
    severity: "info",
    summary: "There is an update for {{instance}}.",
  },
  {
    id: "nextcloud_app_updates",
    metric: "nextcloud_app_updates_available",
    when: { above: 0 },
    forSeconds: hours(24),
    severity: "info",
    summary: "There are updates for {{value}} apps of {{instance}}.",
  },
  {
    id: "nextcloud_open_links",
    metric: "nextcloud_shares_link_no_password",
    when: { above: 0 },
    over: { increaseSeconds: hours(1) },
    severity: "info",
    summary: "{{value}} links without a password were made in {{instance}} within an hour.",
  },
];
