"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { parseRuleQuery, type RuleQuery, ruleQueryParams } from "./rule-query";

/** In the address: a link finds the same list, and changing it asks the server for nothing. */
export function useRuleQuery() {
  const params = useSearchParams();
  const pathname = usePathname();
  const query = useMemo(() => parseRuleQuery(params), [params]);
  const setQuery = useCallback(
    (change: Partial<RuleQuery>) => {
      // What the browser has now, not what was rendered last: two changes may come in one breath.
      const now = new URLSearchParams(window.location.search);
      const next = ruleQueryParams({ ...parseRuleQuery(now), ...change }, now);
      window.history.replaceState(null, "", next.size > 0 ? `${pathname}?${next}` : pathname);
    },
    [pathname],
  );
  return { query, setQuery };
}
