"use client";

import dynamic from "next/dynamic";
import { usePathname } from "next/navigation";
import { Skeleton } from "@/components/ui/Skeleton";

/** Charts are on an instance's own page. */
const WITH_CHARTS = /^\/instances\/[^/]+$/;

const RangeBar = dynamic(() => import("./RangeBar").then(({ RangeBar: Bar }) => Bar), {
  ssr: false,
  loading: () => <Skeleton className="h-7 w-40 sm:w-64" />,
});

/** The time range where a page has one; elsewhere its code is not even loaded. */
export function PageRange() {
  return WITH_CHARTS.test(usePathname()) ? <RangeBar /> : null;
}
