"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { type Filters, filterParams, parseFilters } from "./filters";

/** The filters of a list, in the URL: a link finds them again, and changing them asks the server for nothing. */
export function useFilters(): { filters: Filters; setFilters(change: Partial<Filters>): void } {
  const params = useSearchParams();
  const pathname = usePathname();
  const filters = useMemo(() => parseFilters(params), [params]);
  const setFilters = useCallback(
    (change: Partial<Filters>) => {
      // What the browser has now, not what was rendered last: two changes may come in one breath.
      const now = new URLSearchParams(window.location.search);
      const next = filterParams({ ...parseFilters(now), ...change }, now);
      // Typing must not fill the history, and Next's router would render the page on the server again.
      window.history.replaceState(null, "", next.size > 0 ? `${pathname}?${next}` : pathname);
    },
    [pathname],
  );
  return { filters, setFilters };
}
