/** What can be imported from, as a person calls it. */
export const IMPORT_KINDS = ["uptime-kuma", "beszel", "gatus", "prometheus-rules"] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];
