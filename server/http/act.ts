import type { IncomingMessage, ServerResponse } from "node:http";
import { actByLink } from "../act-by-link";
import { CLIENT_ADDRESS } from "../auth/request-headers";
import { nobody } from "../auth/visitor";
import type { Unity } from "../unity";

const PATH = /^\/act\/([A-Za-z0-9_-]{1,200})$/;

/**
 * A POST to a message's link does what the link says, from the page's button, which needs no script, or from a service that has
 * buttons of its own. A GET is left to the page, which does nothing: whoever previews links does nothing either.
 */
export function createActHandler(unity: Pick<Unity, "notifier" | "audit">) {
  return {
    matches: (request: Pick<IncomingMessage, "method">, path: string) => request.method === "POST" && PATH.test(path),
    async handle(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
      // Nothing that is sent along matters.
      request.resume();
      const token = PATH.exec(path)?.[1] ?? "";
      // Whoever has the link may: nobody is asked to sign in.
      const from = request.headers[CLIENT_ADDRESS];
      const { state } = await actByLink(unity, token, nobody(typeof from === "string" ? from : null));
      const headers = { "cache-control": "no-store", "referrer-policy": "no-referrer" };
      if (/\btext\/html\b/.test(request.headers.accept ?? ""))
        response.writeHead(303, { ...headers, location: `/act/${token}${state === "done" ? "?done" : ""}` }).end();
      else
        response
          .writeHead(state === "done" ? 200 : 410, { ...headers, "content-type": "application/json" })
          .end(JSON.stringify({ state }));
    },
  };
}
