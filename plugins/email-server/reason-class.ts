export const REASON_CLASSES = ["connect", "timeout", "dns", "greylist", "policy", "other"] as const;
export type ReasonClass = (typeof REASON_CLASSES)[number];

/** The first that fits counts: "connect to mx.example: Connection timed out" is a time-out. */
const PATTERNS: readonly (readonly [ReasonClass, RegExp])[] = [
  ["greylist", /gr[ea]y.?list/i],
  ["dns", /name service error|(host|domain)( or domain)? (name )?not found|nxdomain|no mx|\bdns\b|\blookup\b/i],
  ["timeout", /timed? ?out|timeout/i],
  ["connect", /connection refused|connect to |unreachable|no route|lost connection|could not connect|refused to talk/i],
  ["policy", /\b4\.7\.\d|rate|too many|block|spam|polic|denied|reputation|over ?quota|mailbox (is )?full|limit/i],
];

/** What kind of obstacle a server names in its own words. */
export const classifyReason = (reason: string): ReasonClass =>
  PATTERNS.find(([, pattern]) => pattern.test(reason))?.[0] ?? "other";
