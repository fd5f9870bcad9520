import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

/** What is no page shows and loads nothing, wherever a browser opens it. */
export const NO_CONTENT_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** A name or address with a port, and nothing that could end a directive. */
const HOST = /^[\w.-]+(?::\d{1,5})?$|^\[[\da-f:.]+\](?::\d{1,5})?$/i;

/**
 * What a page may load: Unity's own scripts, and those within it that carry the nonce of this answer; no script of a name that was
 * collected somewhere. Styles may stand within the page, because components that lock scrolling write theirs there; whatever they
 * say, nothing is loaded from elsewhere.
 *
 * @param host the Host header: not every browser takes `'self'` for a WebSocket @param dev Next's development server evaluates code
 */
export function contentPolicy(nonce: string, host: string | undefined, dev: boolean): string {
  const sockets = host !== undefined && HOST.test(host) ? ` ws://${host} wss://${host}` : "";
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'${dev ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${sockets}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Gives an answer its own policy, and tells Next and the layout the nonce in the request, whatever the client wrote there. */
export function setPagePolicy(request: IncomingMessage, response: ServerResponse, dev: boolean): void {
  const nonce = randomBytes(16).toString("base64");
  const policy = contentPolicy(nonce, request.headers.host, dev);
  request.headers["content-security-policy"] = policy;
  request.headers["x-nonce"] = nonce;
  delete request.headers["content-security-policy-report-only"];
  response.setHeader("content-security-policy", policy);
}
