import type { IncomingMessage, ServerResponse } from "node:http";
import { nodeHTTPRequestHandler } from "@trpc/server/adapters/node-http";
import type { Visitor } from "../auth/visitor";
import { appRouter } from "../trpc/router";
import type { Unity } from "../unity";
import { compress } from "./compress";

const MOUNT = "/api/trpc/";
const MAX_BODY_BYTES = 1_048_576;

/** tRPC over HTTP, in the entry: a third of the CPU of a Next route, and one copy of every module. */
export function createTrpcHandler(unity: Unity) {
  return {
    matches: (path: string) => path.startsWith(MOUNT),
    handle(request: IncomingMessage, response: ServerResponse, path: string, visitor: Visitor): Promise<void> {
      compress(request, response);
      return nodeHTTPRequestHandler({
        req: request,
        res: response,
        path: path.slice(MOUNT.length),
        router: appRouter,
        createContext: async () => ({ unity, visitor }),
        maxBodySize: MAX_BODY_BYTES,
        maxBatchSize: 50,
      });
    },
  };
}
