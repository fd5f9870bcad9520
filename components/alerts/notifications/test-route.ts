import type { Route } from "@/components/data/outputs";

/** For tests only: a route as the server gives it. */
export const makeRoute = (more: Partial<Route> = {}): Route => ({
  id: "r1",
  name: "Night",
  enabled: true,
  match: { severity: "warning", plugins: [], hosts: [], tags: [], labels: [], times: [] },
  timeZone: "Europe/Berlin",
  channels: ["phone"],
  continue: false,
  group: "host",
  waitSeconds: 30,
  criticalWaitSeconds: 5,
  updateMinutes: 5,
  repeatHours: { critical: 4, warning: 24 },
  escalate: [],
  resolved: true,
  digest: null,
  title: "",
  text: "",
  ...more,
});
