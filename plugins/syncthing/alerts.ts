import { type AlertSpec, hours, minutes } from "../sdk";
import type { metrics } from "./metrics";

export const alerts: readonly AlertSpec<keyof typeof metrics>[] = [
  {
    id: "sync_folder_error",
    metric: "syncthing_folder_error",
    when: { equals: 1 },
    forSeconds: minutes(10),
    severity: "warning",
    summary: "An error has stopped the folder {{folder}} of {{instance}}.",
  },
  {
    id: "sync_pull_errors",
    metric: "syncthing_folder_pull_errors",
    when: { above: 0 },
    forSeconds: minutes(10),
    severity: "warning",
    summary: "{{value}} items of the folder {{folder}} of {{instance}} could not be synchronised.",
  },
  {
    id: "sync_stuck",
    metric: "syncthing_folder_waiting_seconds",
    when: { above: hours(2) },
    severity: "warning",
    summary: "The folder {{folder}} of {{instance}} is not complete, and nothing has come for {{value}}.",
  },
  {
    id: "sync_device_gone",
    metric: "syncthing_device_gone",
    when: { equals: 1 },
    forSeconds: hours(1),
    severity: "warning",
    summary: "{{device}} has not been connected to {{instance}} for days.",
  },
];
