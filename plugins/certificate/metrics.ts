import type { Metrics } from "../sdk";

const labels = ["target"] as const;

export const metrics = {
  certificate_probe_success: {
    kind: "gauge",
    unit: "bool",
    labels: ["target", "protocol"],
    description: "1 when the certificate could be read: the handshake was completed, or the file parsed.",
  },
  certificate_expiry_timestamp_seconds: {
    kind: "gauge",
    unit: "timestamp_seconds",
    labels,
    description: "When the certificate expires. Absent for devices whose certificate ends after the year 2200.",
  },
  certificate_not_before_timestamp_seconds: {
    kind: "gauge",
    unit: "timestamp_seconds",
    labels,
    description: "From when on the certificate is valid.",
  },
  certificate_remaining_seconds: {
    kind: "gauge",
    unit: "seconds",
    labels,
    description: "Time until the certificate expires; negative when it has.",
  },
  certificate_remaining_ratio: {
    kind: "gauge",
    unit: "ratio",
    labels,
    description: "Part of the certificate's life that is left; negative when it expired, above 1 before it begins.",
  },
  certificate_warning_seconds: {
    kind: "gauge",
    unit: "seconds",
    labels,
    description: "The warning's threshold: the days of the settings, or their part of the certificate's life if less.",
  },
  certificate_critical_seconds: {
    kind: "gauge",
    unit: "seconds",
    labels,
    description: "The critical alert's threshold, made as the warning's with a third of its part.",
  },
  certificate_chain_earliest_expiry_timestamp_seconds: {
    kind: "gauge",
    unit: "timestamp_seconds",
    labels,
    description: "When the first of the certificates that were sent together expires.",
  },
  certificate_chain_valid: {
    kind: "gauge",
    unit: "bool",
    labels,
    description: "1 when this machine, or the private CA of the settings, trusts the chain. The name is judged apart.",
  },
  certificate_hostname_match: {
    kind: "gauge",
    unit: "bool",
    labels,
    description: "1 when the certificate is for the name that was asked.",
  },
  certificate_self_signed: { kind: "gauge", unit: "bool", labels, description: "1 when it is its own issuer." },
  certificate_handshake_duration_seconds: {
    kind: "gauge",
    unit: "seconds",
    labels,
    description: "Time the TLS handshake took, without connecting.",
  },
  certificate_san_count: { kind: "gauge", unit: "count", labels, description: "Names the certificate is for." },
  certificates_truncated: {
    kind: "gauge",
    unit: "bool",
    description: "1 when there were more certificates than the limit, so that some are not shown.",
  },
  certificate_info: {
    kind: "info",
    unit: "count",
    labels: [
      "target",
      "subject_cn",
      "issuer_cn",
      "issuer_org",
      "serial",
      "key_type",
      "key_bits",
      "tls_version",
      "fingerprint_sha256",
    ],
    description: "What the certificate is; its fingerprint changes when it is renewed.",
  },
} as const satisfies Metrics;
