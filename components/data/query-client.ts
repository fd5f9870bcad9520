import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { leaveSignedOut } from "./signed-out";

/**
 * Pages come with their data, and live messages keep it fresh: nothing is fetched again just because a tab was looked at.
 * How long unused data stays is left to the library: five minutes in a browser, and no time on the server, where a time of our own
 * would be a timer that keeps every page's data, a megabyte each, after the page has gone.
 */
export const createQueryClient = () =>
  new QueryClient({
    queryCache: new QueryCache({ onError: leaveSignedOut }),
    mutationCache: new MutationCache({ onError: leaveSignedOut }),
    defaultOptions: {
      queries: { staleTime: 30_000, refetchOnWindowFocus: false, retry: 1 },
    },
  });
