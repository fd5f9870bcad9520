"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";

interface Codec<F> {
  /** What an address means; what it cannot mean is no filter. */
  parse(params: { get(name: string): string | null }): F;
  /** The address of a filter; what else the address says stays. */
  write(filter: F, now: URLSearchParams): URLSearchParams;
}

/** What a list is narrowed to, in the address: a link finds the same list. @param codec the same object while the page is there */
export function useAddressFilter<F>(codec: Codec<F>): { filter: F; setFilter(change: Partial<F>): void } {
  const params = useSearchParams();
  const pathname = usePathname();
  const filter = useMemo(() => codec.parse(params), [codec, params]);
  const setFilter = useCallback(
    (change: Partial<F>) => {
      // What the browser has now, not what was rendered last: two changes may come in one breath.
      const now = new URLSearchParams(window.location.search);
      const next = codec.write({ ...codec.parse(now), ...change }, now);
      // Typing must not fill the history, and Next's router would render the page on the server again.
      window.history.replaceState(null, "", next.size > 0 ? `${pathname}?${next}` : pathname);
    },
    [codec, pathname],
  );
  return { filter, setFilter };
}
