import { type AlertSpec, hours, minutes } from "../sdk";
import type { metrics } from "./metrics";

export const alerts: readonly AlertSpec<keyof typeof metrics>[] = [
  {
    id: "game_down",
    metric: "game_online",
    when: { equals: 0 },
    forSeconds: minutes(3),
    severity: "warning",
    summary: "{{instance}} does not answer: nobody can play.",
  },
  {
    id: "game_full",
    metric: "game_players_ratio",
    when: { above: 0.999 },
    forSeconds: minutes(10),
    severity: "info",
    summary: "{{instance}} is full.",
  },
  {
    id: "game_version_changed",
    metric: "game_version_changes_total",
    when: { above: 0 },
    over: { increaseSeconds: hours(1) },
    severity: "info",
    summary: "{{instance}} runs another version: players may need an update.",
  },
];
