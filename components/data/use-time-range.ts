"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { parseRange, rangeParams, type TimeRange } from "./time-range";

/**
 * The window that the page looks at. It lives in the URL, so that a link and the back button find it again; changing it
 * asks the server for nothing but data.
 */
export function useTimeRange(): { range: TimeRange; setRange(range: TimeRange): void } {
  const params = useSearchParams();
  const pathname = usePathname();
  const range = useMemo(() => parseRange(params), [params]);
  const setRange = useCallback(
    (next: TimeRange) => {
      const changed = new URLSearchParams(params);
      for (const name of ["range", "from", "to"]) changed.delete(name);
      for (const [name, value] of Object.entries(rangeParams(next))) changed.set(name, value);
      // Next follows the browser's own history; its router would render the page on the server again.
      window.history.pushState(null, "", `${pathname}?${changed}`);
    },
    [params, pathname],
  );
  return { range, setRange };
}
