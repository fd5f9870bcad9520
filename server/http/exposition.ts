import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { Visitor } from "../auth/visitor";
import type { Unity } from "../unity";
import { answerJson } from "./answer-json";
import { CONTENT_TYPES, chooseFormat } from "./choose-format";

const PATH = "/metrics";

interface ExpositionHandler {
  matches(path: string): boolean;
  handle(request: IncomingMessage, response: ServerResponse, visitor: Visitor): Promise<void>;
}

/** The latest of everything that a visitor sees, for Prometheus and whoever reads its formats. Sent as it is written, never held as a whole. */
export function createExpositionHandler(unity: Pick<Unity, "seenBy" | "log">): ExpositionHandler {
  return {
    matches: (path) => path === PATH,
    async handle(request, response, visitor) {
      if (request.method !== "GET" && request.method !== "HEAD")
        return answerJson(response, 405, { error: "Metrics are only read: GET or HEAD." });
      const format = chooseFormat(request.headers.accept);
      const packs = /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
      response.writeHead(200, {
        ...(packs ? { "content-encoding": "gzip" } : {}),
        ...{ "content-type": CONTENT_TYPES[format], "cache-control": "no-store", vary: "accept, accept-encoding" },
      });
      if (request.method === "HEAD") return void response.end();
      const page = Readable.from(unity.seenBy(visitor).describe.exposition(format));
      try {
        if (packs) await pipeline(page, createGzip({ level: 1 }), response);
        else await pipeline(page, response);
      } catch (error) {
        // Cut off, so that half a page is not taken for a whole one. Mostly whoever asked went away.
        unity.log.debug({ err: error }, "a page of metrics was not sent to its end");
      }
    },
  };
}
