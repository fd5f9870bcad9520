"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { parseRange, rangeParams, type TimeRange } from "./time-range";

/**
 * The window that the page looks at. It lives in the URL, so that a link and the back button find it again; changing it
 * asks the server for nothing but data. `change` is handed what the browser has now, not what was rendered last: two keys
 * may come in one breath.
 */
export function useTimeRange(): {
  range: TimeRange;
  setRange(change: (now: TimeRange) => TimeRange | undefined): void;
} {
  const params = useSearchParams();
  const pathname = usePathname();
  const range = useMemo(() => parseRange(params), [params]);
  const setRange = useCallback(
    (change: (now: TimeRange) => TimeRange | undefined) => {
      const changed = new URLSearchParams(window.location.search);
      const next = change(parseRange(changed));
      if (!next) return;
      for (const name of ["range", "from", "to"]) changed.delete(name);
      for (const [name, value] of Object.entries(rangeParams(next))) changed.set(name, value);
      // Next follows the browser's own history; its router would render the page on the server again.
      window.history.pushState(null, "", `${pathname}?${changed}`);
    },
    [pathname],
  );
  return { range, setRange };
}
