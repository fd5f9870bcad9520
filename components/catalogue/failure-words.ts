/** Reasons of failures as titles. The message beside says what and where. */
const TITLES: Readonly<Record<string, string>> = {
  timeout: "It took too long",
  unreachable: "Nothing answers there",
  dns: "The name was not found",
  tls: "No trusted connection",
  auth: "The login was refused",
  permission: "Not permitted",
  not_found: "Not found",
  protocol: "An answer that is not understood",
  parse: "An answer that cannot be read",
  unsupported_version: "This version is not supported",
  missing_tool: "A tool is missing",
  rate_limited: "Too many requests",
  config: "A secret is missing",
  partial: "Not all could be read",
  internal: "The plugin has a fault",
};

export const failureTitle = (reason: string): string => TITLES[reason] ?? "It failed";
