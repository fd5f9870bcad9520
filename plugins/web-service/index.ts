import { chart, definePlugin, meter, states, table } from "../sdk";
import { alerts } from "./alerts";
import { eachAtOnce } from "./at-once";
import { config } from "./config";
import { discover } from "./discover";
import { listEndpoints } from "./endpoints";
import { inventoryOf } from "./inventory";
import { metrics } from "./metrics";
import { probeEndpoint, tellFaults } from "./probe";

/** So many endpoints are probed at the same time: 50 that hang for 10 s are done within the run's time. */
const AT_ONCE = 20;

export default definePlugin({
  id: "web-service",
  name: "Web service",
  summary: "Whether a website, API, port or host answers, as it should, and how fast: HTTP, TCP and ping.",
  category: "application",
  tier: 2,
  kind: "network",
  needs: ["For pings: the tool ping (apt install iputils-ping)"],
  intervalSeconds: 60,
  timeoutMs: 45_000,
  config,
  metrics,
  alerts,
  board: [
    meter("endpoints_up_ratio", "Endpoints up", { combine: "min", warn: 0.999, bad: 0.5, lowIsBad: true }),
    meter("endpoint_duration_seconds", "Response time", { combine: "max", warn: 1, bad: 2 }),
    states("endpoint_up", "Up", "endpoint"),
    table({
      title: "Endpoints",
      by: "endpoint",
      columns: [
        { metric: "endpoint_up", title: "Up" },
        { metric: "http_probe_status_code", title: "Status" },
        { metric: "endpoint_duration_seconds", title: "Duration" },
        { metric: "http_probe_certificate_remaining_seconds", title: "Certificate left" },
      ],
      sort: { metric: "endpoint_up", ascending: true },
      limit: 50,
    }),
    chart("Response time", ["endpoint_duration_seconds"]),
    chart("Phases", ["http_probe_phase_duration_seconds"], { stacked: true }),
    chart("Lost pings", ["ping_probe_loss_ratio"]),
  ],
  help: {
    missing_tool: "Install the tool: apt install iputils-ping. Or probe a port of the host: tcp://host:22.",
    permission:
      "Use the ordinary address of the service; link-local and metadata addresses are dialled only where UNITY_ALLOW_ADDRESSES allows it.",
  },
  discover,
  target: (settings) => listEndpoints(settings)[0]?.target.shown ?? "",
  async collect(context, report) {
    const endpoints = listEndpoints(context.config);
    const probed = await eachAtOnce(AT_ONCE, endpoints, (endpoint) => probeEndpoint(context, report, endpoint));
    const verdicts = probed.flatMap((one) => (one.ok ? [one.verdict] : []));
    const up = verdicts.filter(({ problems }) => problems.length === 0).length;
    if (verdicts.length > 0) report("endpoints_up_ratio", up / verdicts.length);
    report.inventory(inventoryOf(probed));
    tellFaults(report, probed);
  },
});
