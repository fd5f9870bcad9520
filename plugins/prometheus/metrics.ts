import type { Metrics } from "../sdk";

/** Of the page itself. What is on it is found. */
export const metrics = {
  exporter_series: { kind: "gauge", unit: "count", description: "Series that are kept of the page." },
  exporter_samples: { kind: "gauge", unit: "count", description: "Lines with a value on the page, before any choice." },
  exporter_page_bytes: { kind: "gauge", unit: "bytes", description: "Size of the page." },
  exporter_series_truncated: {
    kind: "gauge",
    unit: "bool",
    description: "1 when the page has more series than are kept.",
  },
} as const satisfies Metrics;
