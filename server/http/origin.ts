import type { IncomingMessage } from "node:http";

/**
 * True when a browser sent this from another site's page. Requests without an Origin come from programs; browsers send one
 * with every WebSocket and every cross-site POST.
 */
export function isForeign(request: Pick<IncomingMessage, "headers">): boolean {
  const { origin, host } = request.headers;
  if (request.headers["sec-fetch-site"] === "cross-site") return true;
  if (origin === undefined) return false;
  if (!URL.canParse(origin)) return true;
  return new URL(origin).host !== host;
}
