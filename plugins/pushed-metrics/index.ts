import { CollectError, chart, definePlugin, meter, type PushRefusal, type Received, specOfFound } from "../sdk";
import { config } from "./config";
import { metrics } from "./metrics";
import { namePushed } from "./name-pushed";

const REFUSALS = ["too_many_series", "too_old", "in_the_future", "invalid", "unsupported"] as const;
REFUSALS satisfies readonly PushRefusal[];

/** So long it is said that there are too many series, after one was refused. */
const FULL_MS = 600_000;

export default definePlugin({
  id: "pushed-metrics",
  name: "Pushed metrics",
  summary: "What Prometheus, OpenTelemetry and Telegraf push here, under the names that it has there.",
  category: "application",
  tier: 2,
  kind: "network",
  needs: ["An API token with the scope send, and a program that pushes."],
  intervalSeconds: 60,
  minIntervalSeconds: 10,
  config,
  metrics,
  metricOf: (name) => specOfFound(name, "the sender"),
  receive: namePushed,
  alerts: [
    {
      id: "push_silent",
      metric: "push_age_seconds",
      when: ({ silentMinutes }) => ({ above: silentMinutes * 60 }),
      severity: "warning",
      summary: "Nothing has come into {{instance}} for {{value}}.",
    },
    {
      id: "push_truncated",
      metric: "push_series_truncated",
      when: { equals: 1 },
      forSeconds: 600,
      severity: "info",
      summary: "More series are pushed into {{instance}} than are kept of it.",
    },
  ],
  board: [
    meter("push_age_seconds", "Last push"),
    meter("push_series", "Series"),
    chart("Samples kept", ["push_samples_total"]),
    chart("Samples refused", ["push_refused_total"]),
  ],
  help: {
    timeout: "Look at the log of what pushes here: does it reach this address, and with a token that may send?",
  },
  async collect({ config: { silentMinutes, maxSeries }, received, now }, report) {
    const came = received();
    if (came.lastAt === null) throw new CollectError("timeout", "Nothing has come yet.");
    const ageSeconds = Math.max(0, now - came.lastAt) / 1_000;
    report("push_age_seconds", ageSeconds);
    report("push_requests_total", came.requests);
    report("push_samples_total", came.samples);
    for (const reason of REFUSALS) report("push_refused_total", came.refused[reason], { reason });
    report("push_series", came.series);
    const isFull = came.fullAt !== null && now - came.fullAt < FULL_MS;
    report("push_series_truncated", isFull ? 1 : 0);
    report.inventory(inventoryOf(came));
    if (ageSeconds > silentMinutes * 60)
      throw new CollectError("timeout", `Nothing has come for ${Math.floor(ageSeconds / 60)} minutes.`);
    if (isFull) {
      const message = `More series are pushed than the ${maxSeries} that are kept: leave some out, or raise the limit.`;
      report.partial("partial", message);
    }
  },
});

function inventoryOf({ senders, leftOut }: Received) {
  return {
    facts: { "Samples left out": leftOut },
    lists: {
      senders: senders.map(({ protocol, program, address, lastAt }) => ({
        protocol,
        program,
        address,
        "last push": new Date(lastAt).toISOString(),
      })),
    },
  };
}
