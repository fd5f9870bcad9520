/** Reasons of failures in a few words. The message beside them says what and where. */
const TITLES: Readonly<Record<string, string>> = {
  timeout: "No answer in time",
  unreachable: "Unreachable",
  dns: "Name not found",
  tls: "TLS fails",
  auth: "Login refused",
  permission: "Not permitted",
  not_found: "Not found",
  protocol: "Unexpected answer",
  parse: "Unreadable answer",
  unsupported_version: "Version not supported",
  missing_tool: "Tool missing",
  rate_limited: "Too many requests",
  partial: "Partly read",
  internal: "Fault in the plugin",
};

export const failureTitle = (reason: string | null): string => TITLES[reason ?? ""] ?? "Fails";
