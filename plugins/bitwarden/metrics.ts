import type { Metrics } from "../sdk";

const bool = { kind: "gauge", unit: "bool" } as const;
const seconds = { kind: "gauge", unit: "seconds" } as const;
const count = { kind: "gauge", unit: "count" } as const;

export const metrics = {
  vault_alive: { ...bool, description: "1 when the server answers and can use its database." },
  vault_alive_duration_seconds: { ...seconds, description: "How long that answer took." },
  vault_clock_skew_seconds: {
    ...seconds,
    description:
      "How far the server's clock is ahead of Unity's; negative when it is behind. One-time codes need it right.",
  },
  vault_web_vault_up: { ...bool, description: "1 when the page of the web vault is there." },
  vault_api_up: {
    ...bool,
    labels: ["service"],
    description: "1 when this part of the server is well: api, and of Bitwarden identity and notifications.",
  },
  vault_signups_allowed: { ...bool, description: "1 when anybody may make an account." },
  vault_admin_login_ok: { ...bool, description: "1 when the admin token was taken. Absent without one." },
  vault_users: { ...count, labels: ["state"], description: "Accounts, enabled and disabled." },
  vault_users_two_factor: { ...count, description: "Enabled accounts with two-factor login." },
  vault_users_inactive: { ...count, description: "Enabled accounts that were not used for 90 days." },
  vault_certificate_expiry_timestamp_seconds: {
    kind: "gauge",
    unit: "timestamp_seconds",
    description: "When the certificate of the address expires.",
  },
  vault_info: {
    kind: "info",
    unit: "count",
    labels: ["type", "version", "api_version"],
    description: "Vaultwarden or Bitwarden, its version, and the version of Bitwarden's API that it speaks.",
  },
} as const satisfies Metrics;
