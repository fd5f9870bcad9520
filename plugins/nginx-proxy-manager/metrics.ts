import { hours, type Metrics } from "../sdk";

/** The answer comes from GitHub, so it is asked for seldom. */
export const UPDATE_SECONDS = hours(6);

const gauge = { kind: "gauge", unit: "count" } as const;
const bool = { kind: "gauge", unit: "bool" } as const;
const perCertificate = { kind: "gauge", unit: "seconds", labels: ["certificate"] } as const;

export const metrics = {
  npm_api_up: { ...bool, description: "1 when the API says that it is well." },
  npm_login_ok: { ...bool, description: "1 when the login was taken." },
  npm_response_duration_seconds: { kind: "gauge", unit: "seconds", description: "How long the API took to answer." },
  npm_hosts: {
    ...gauge,
    labels: ["kind", "state"],
    description: "Hosts by kind (proxy, redirection, dead for 404, stream), and whether they are enabled.",
  },
  npm_host_online: {
    ...bool,
    labels: ["domain", "kind"],
    description:
      "1 when nginx took the configuration of this enabled host, by its first domain or its port. It says nothing of the service behind it.",
  },
  npm_hosts_without_tls: { ...gauge, description: "Enabled proxy and redirection hosts without a certificate." },
  npm_hosts_config_error: { ...gauge, description: "Enabled hosts whose configuration nginx refused." },
  npm_certificates: { ...gauge, labels: ["provider"], description: "Certificates by where they come from." },
  npm_certificate_expiry_timestamp_seconds: {
    kind: "gauge",
    unit: "timestamp_seconds",
    labels: ["certificate"],
    description: "When the certificate expires.",
  },
  npm_certificate_remaining_seconds: { ...perCertificate, description: "Time until it expires; negative afterwards." },
  npm_certificate_warning_seconds: {
    ...perCertificate,
    description: "Below this much time left there is a warning. Absent for certificates that no host uses.",
  },
  npm_certificate_critical_seconds: {
    ...perCertificate,
    description: "Below this much time left it is critical. Absent for certificates that no host uses.",
  },
  npm_certificate_unused: { ...bool, labels: ["certificate"], description: "1 when no host uses the certificate." },
  npm_items_truncated: { ...bool, description: "1 when there were more hosts or certificates than the limit." },
  npm_update_available: {
    ...bool,
    everySeconds: UPDATE_SECONDS,
    description: "1 when a newer version was published.",
  },
  npm_info: { kind: "info", unit: "count", labels: ["version"], description: "The version." },
} as const satisfies Metrics;
