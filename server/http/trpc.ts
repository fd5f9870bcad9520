import type { IncomingMessage, ServerResponse } from "node:http";
import { nodeHTTPRequestHandler } from "@trpc/server/adapters/node-http";
import type { Visitor } from "../auth/visitor";
import { appRouter } from "../trpc/router";
import type { Unity } from "../unity";
import { compress } from "./compress";

const MOUNT = "/api/trpc/";
const MAX_BODY_BYTES = 1_048_576;
/** Files of other programs come in one piece, from those who may import them. */
const IMPORT = "config.importFrom";
const MAX_IMPORT_BYTES = 23_000_000;

/** tRPC over HTTP, in the entry: a third of the CPU of a Next route, and one copy of every module. */
export function createTrpcHandler(unity: Unity) {
  return {
    matches: (path: string) => path.startsWith(MOUNT),
    handle(request: IncomingMessage, response: ServerResponse, path: string, visitor: Visitor): Promise<void> {
      compress(request, response);
      const procedure = path.slice(MOUNT.length);
      const isImport = procedure === IMPORT && visitor.permissions.has("administer");
      return nodeHTTPRequestHandler({
        req: request,
        res: response,
        path: procedure,
        router: appRouter,
        createContext: async () => ({ unity, visitor }),
        maxBodySize: isImport ? MAX_IMPORT_BYTES : MAX_BODY_BYTES,
        maxBatchSize: 50,
      });
    },
  };
}
