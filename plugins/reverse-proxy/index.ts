import { chart, definePlugin, meter, states, table } from "../sdk";
import { alerts } from "./alerts";
import { readCaddy } from "./caddy";
import { type Config, config, urlOf } from "./config";
import { discover } from "./discover";
import { readHaproxy } from "./haproxy";
import { metrics } from "./metrics";
import { readNginx } from "./nginx";
import { createCap, type ReadSource } from "./source";
import { readTraefik } from "./traefik";

const SOURCES: Record<Config["type"], ReadSource> = {
  traefik: readTraefik,
  caddy: readCaddy,
  haproxy: readHaproxy,
  nginx: readNginx,
};

export default definePlugin({
  id: "reverse-proxy",
  name: "Reverse proxy",
  summary: "Upstream servers that are down, errors, requests and time to answer: Traefik, Caddy, HAProxy and nginx.",
  category: "network",
  tier: 1,
  kind: "network",
  needs: [
    "Traefik: its API (--api.insecure=true, or a router to api@internal)",
    "Caddy: its admin endpoint (on by default, for this machine)",
    "HAProxy: a statistics page (stats enable, stats uri /stats)",
    "nginx: a location with stub_status",
  ],
  intervalSeconds: 30,
  config,
  metrics,
  alerts,
  board: [
    meter("reverse_proxy_upstreams_healthy", "Upstreams up", { combine: "sum", max: "reverse_proxy_upstreams" }),
    meter("reverse_proxy_server_errors_ratio", "Server errors", { combine: "max", warn: 0.01, bad: 0.05 }),
    meter("reverse_proxy_response_time_seconds", "Slowest service", { combine: "max", warn: 1, bad: 5 }),
    meter("reverse_proxy_config_errors", "Errors in the configuration", { combine: "sum", warn: 1, bad: 1 }),
    states("reverse_proxy_upstream_up", "Upstreams", "upstream"),
    table({
      title: "Services",
      by: "service",
      columns: [
        { metric: "reverse_proxy_upstreams_healthy", title: "Up" },
        { metric: "reverse_proxy_upstreams", title: "Upstreams" },
        { metric: "reverse_proxy_response_time_seconds", title: "Answers in" },
        { metric: "reverse_proxy_queue_length", title: "Waiting" },
      ],
      sort: { metric: "reverse_proxy_upstreams_healthy", ascending: true },
    }),
    table({
      title: "Certificates",
      by: "cn",
      columns: [{ metric: "reverse_proxy_certificate_expiry_timestamp_seconds", title: "Expires" }],
      sort: { metric: "reverse_proxy_certificate_expiry_timestamp_seconds", ascending: true },
    }),
    chart("Requests", ["reverse_proxy_requests_total"], { stacked: true }),
    chart("Server errors", ["reverse_proxy_server_errors_ratio"]),
    chart("Time to answer", ["reverse_proxy_response_time_seconds"]),
    chart("Received and sent", ["reverse_proxy_received_bytes_total", "reverse_proxy_sent_bytes_total"]),
    chart("Connections", ["reverse_proxy_connections"]),
    chart("In work and waiting", ["reverse_proxy_requests_in_flight", "reverse_proxy_queue_length"]),
    chart("Routers", ["reverse_proxy_routers"], { stacked: true }),
  ],
  help: {
    auth: "Check user and password, or the token, of the proxy's own page.",
    permission: "Allow this machine: in nginx with allow, in Caddy with origins under admin.",
    not_found: "Check the path: the API, statistics page or stub_status must be switched on.",
    unreachable:
      "Check the address. Caddy's admin endpoint and many statistics pages listen on their own machine only.",
    timeout: "Check the address, and that the proxy is not overloaded.",
    parse: "Something else answers there: check the address and the kind of proxy.",
    protocol: "Something else answers there: check the address and the kind of proxy.",
    tls: "Paste the private CA into the TLS settings.",
    rate_limited: "A rate limit stands before the page: leave this machine out of it.",
  },
  discover,
  target: (settings) => new URL(urlOf(settings)).host,
  async collect(context, report) {
    const cap = createCap(context.config.maxItems);
    report.inventory(await SOURCES[context.config.type](context, report, cap));
    report("reverse_proxy_items_truncated", cap.wasReached() ? 1 : 0);
  },
});
