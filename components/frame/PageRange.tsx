"use client";

import dynamic from "next/dynamic";
import { usePathname, useSearchParams } from "next/navigation";
import { tabOf } from "@/components/instance/tabs";
import { Skeleton } from "@/components/ui/Skeleton";

const INSTANCE = /^\/instances\/[^/]+$/;

const RangeBar = dynamic(() => import("./RangeBar").then(({ RangeBar: Bar }) => Bar), {
  ssr: false,
  loading: () => <Skeleton className="h-7 w-40 sm:w-60" />,
});

/** The time range where a page has one; elsewhere its code is not even loaded. */
export function PageRange() {
  const pathname = usePathname();
  const tab = useSearchParams().get("tab") ?? undefined;
  return INSTANCE.test(pathname) && tabOf(tab) === "charts" ? <RangeBar /> : null;
}
