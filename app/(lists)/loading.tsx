import { Skeleton } from "@/components/ui/Skeleton";

/**
 * Where a list page's header and first cards will be. Late in coming: what is there at once should not be announced. Only for pages
 * that are always there: one that may be missing could no longer say 404.
 */
export default function Loading() {
  return (
    <div role="status" className="late flex flex-1 flex-col gap-5">
      <span className="sr-only">Loading</span>
      <Skeleton className="h-8 w-48" />
      <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
        {["a", "b", "c", "d"].map((key) => (
          <Skeleton key={key} className="h-28 rounded-xl" />
        ))}
      </div>
      <Skeleton className="h-80 rounded-xl" />
    </div>
  );
}
