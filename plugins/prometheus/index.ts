import { chart, definePlugin, loginHeaders, meter, openApi, placeOf, printable, specOfFound } from "../sdk";
import { type Config, config } from "./config";
import { metrics } from "./metrics";
import { readPage } from "./read-page";
import { reportPage } from "./report-page";

/** OpenMetrics first: it says more of what is a counter. */
const ACCEPT = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";
/** A page of 100,000 lines. */
const MOST_BYTES = 16_777_216;
/** More families than that are a list that nobody reads. */
const MOST_LISTED = 500;

export default definePlugin({
  id: "prometheus",
  name: "Prometheus exporter",
  summary:
    "Whatever an exporter or a service tells in Prometheus' text format or OpenMetrics, under the names that it has there.",
  category: "application",
  tier: 2,
  kind: "network",
  intervalSeconds: 30,
  timeoutMs: 15_000,
  config,
  metrics,
  metricOf: (name) => specOfFound(name, "the exporter"),
  alerts: [
    {
      id: "exporter_truncated",
      metric: "exporter_series_truncated",
      when: { equals: 1 },
      forSeconds: 600,
      severity: "info",
      summary: "{{instance}} has more series than are kept of it.",
    },
  ],
  board: [
    meter("exporter_series", "Series"),
    meter("exporter_samples", "Samples"),
    chart("Series", ["exporter_series", "exporter_samples"]),
    chart("Size of the page", ["exporter_page_bytes"]),
  ],
  help: {
    auth: "Check user and password, or the token.",
    not_found: "Check the path: most exporters have /metrics.",
    unreachable: "Check address and port, and that the exporter listens on more than its own machine.",
    protocol: "Check that the address is that of a page of metrics.",
    parse: "Check that the address is that of a page of metrics.",
  },
  target: ({ url }) => placeOf(url),
  async collect(context, report) {
    const { origin, path } = addressOf(context.config);
    const api = openApi(context, {
      url: origin,
      headers: { ...context.config.headers, ...loginHeaders(context.config) },
      tls: context.config.tls,
      maxBytes: MOST_BYTES,
    });
    const { body, url } = await api.ask(path, { headers: { accept: ACCEPT } });
    const lines = await readPage(body, placeOf(url));
    const { series, truncated, families } = await reportPage(context, lines, report);
    report("exporter_series", series);
    report("exporter_samples", lines.length);
    report("exporter_page_bytes", new TextEncoder().encode(body).length);
    report("exporter_series_truncated", truncated ? 1 : 0);
    const listed = families
      .slice(0, MOST_LISTED)
      .map(({ name, type, help }) => ({ name, type, help: printable(help.slice(0, 300)) }));
    report.inventory({ lists: { metrics: listed } });
  },
});

function addressOf({ url }: Pick<Config, "url">): { origin: string; path: string } {
  const { origin, pathname, search } = new URL(url);
  return { origin, path: `${pathname === "/" ? "/metrics" : pathname}${search}` };
}
