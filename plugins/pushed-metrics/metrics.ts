import type { Metrics } from "../sdk";

/** Of the pushes themselves. What is in them is found. */
export const metrics = {
  push_age_seconds: { kind: "gauge", unit: "seconds", description: "How long ago the newest push came." },
  push_requests_total: { kind: "counter", unit: "count", description: "Pushes that came." },
  push_samples_total: { kind: "counter", unit: "count", description: "Samples that were kept." },
  push_refused_total: {
    kind: "counter",
    unit: "count",
    description: "Samples that were wanted and not kept, by why.",
    labels: ["reason"],
  },
  push_series: { kind: "gauge", unit: "count", description: "Series that are kept of what is pushed." },
  push_series_truncated: {
    kind: "gauge",
    unit: "bool",
    description: "1 while more series are pushed than are kept.",
  },
} as const satisfies Metrics;
