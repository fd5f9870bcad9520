import { QueryClient } from "@tanstack/react-query";

/** Pages come with their data, and live messages keep it fresh: nothing is fetched again just because a tab was looked at. */
export const createQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: { staleTime: 30_000, gcTime: 300_000, refetchOnWindowFocus: false, retry: 1 },
    },
  });
