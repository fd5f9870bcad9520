"use client";

import { useAddressFilter } from "@/components/data/use-address-filter";
import { type Filters, filterParams, parseFilters } from "./filters";

const IN_ADDRESS = { parse: parseFilters, write: filterParams };

/** The filters of a list, in the URL: a link finds them again, and changing them asks the server for nothing. */
export function useFilters(): { filters: Filters; setFilters(change: Partial<Filters>): void } {
  const { filter, setFilter } = useAddressFilter(IN_ADDRESS);
  return { filters: filter, setFilters: setFilter };
}
