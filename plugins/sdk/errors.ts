/** Why a collection failed. The set is closed: the page, the alerts and the retry policy know each one. */
export const REASONS = [
  "timeout",
  "unreachable",
  "dns",
  "tls",
  "auth",
  "permission",
  "not_found",
  "protocol",
  "parse",
  "unsupported_version",
  "missing_tool",
  "rate_limited",
  "partial",
  "config",
  "internal",
] as const;
export type Reason = (typeof REASONS)[number];

/**
 * What a plugin throws when it cannot collect. The message says what failed and where; `hint` says what the reader
 * can do about it.
 */
export class CollectError extends Error {
  override readonly name = "CollectError";
  readonly reason: Reason;
  readonly hint: string | undefined;
  /** How long the failure took, where that says something: a refused connection is an answer. Milliseconds. */
  readonly elapsedMs: number | undefined;

  constructor(
    reason: Reason,
    message: string,
    options: { hint?: string | undefined; cause?: unknown; elapsedMs?: number | undefined } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.reason = reason;
    this.hint = options.hint;
    this.elapsedMs = options.elapsedMs;
  }
}

const NETWORK_REASONS: Record<string, Reason> = {
  ECONNREFUSED: "unreachable",
  ECONNRESET: "unreachable",
  EHOSTUNREACH: "unreachable",
  EHOSTDOWN: "unreachable",
  ENETUNREACH: "unreachable",
  EADDRNOTAVAIL: "unreachable",
  EPIPE: "unreachable",
  ETIMEDOUT: "timeout",
  ENOTFOUND: "dns",
  EAI_AGAIN: "dns",
  EACCES: "permission",
  EPERM: "permission",
  ENOENT: "not_found",
};

/** The `code` of a Node.js system error, or "" when there is none. */
export function errorCode(error: unknown): string {
  if (typeof error !== "object" || error === null || !("code" in error)) return "";
  return typeof error.code === "string" ? error.code : "";
}

/** Maps a Node.js error to a reason: sockets, DNS, TLS and files by `code`, an abort to `timeout`, else `internal`. */
export function reasonOf(error: unknown): Reason {
  if (error instanceof CollectError) return error.reason;
  if (error instanceof Error && (error.name === "AbortError" || error.name === "TimeoutError")) return "timeout";
  const code = errorCode(error);
  const known = NETWORK_REASONS[code];
  if (known) return known;
  if (/^(CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|UNABLE_TO|SELF_SIGNED|EPROTO)/.test(code)) return "tls";
  if (code.startsWith("HPE_")) return "protocol";
  return "internal";
}
