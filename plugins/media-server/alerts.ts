import { type AlertSpec, hours, minutes } from "../sdk";
import type { metrics } from "./metrics";

export const alerts: readonly AlertSpec<keyof typeof metrics>[] = [
  {
    id: "media_transcode_struggling",
    metric: "media_transcode_speed_ratio",
    when: { below: 1 },
    forSeconds: minutes(3),
    severity: "warning",
    summary: "A transcode of {{instance}} does not keep up: it runs at {{value}} of the speed it is played at.",
  },
  {
    id: "media_software_transcode",
    metric: "media_software_fallbacks",
    when: { above: 0 },
    forSeconds: minutes(5),
    severity: "info",
    summary: "{{instance}} transcodes with the processor although hardware is set up.",
  },
  {
    id: "media_update",
    metric: "media_update_available",
    when: { equals: 1 },
    forSeconds: hours(24),
    severity: "info",
    summary: "There is a newer version for {{instance}}.",
  },
];
