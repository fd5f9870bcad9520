import "server-only";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { headers } from "next/headers";
import { cache } from "react";
import { getRuntime } from "@/server/runtime";
import { createQueryClient } from "./query-client";

const getQueryClient = cache(createQueryClient);

/** Procedures for server-rendered pages, called in this process. What is prefetched travels in the HTML. */
export const getServer = cache(async () => {
  // Before anything else: it marks the page as dynamic, otherwise the build would execute it.
  const requestHeaders = Object.fromEntries(await headers());
  const { router, createContext, apiDocument } = getRuntime();
  const ctx = await createContext(requestHeaders);
  return {
    trpc: createTRPCOptionsProxy({ ctx, router, queryClient: getQueryClient }),
    caller: router.createCaller(ctx),
    queryClient: getQueryClient(),
    apiDocument,
    /** As `useMe` in components. */
    seesAll: ctx.visitor.tags === null,
  };
});
