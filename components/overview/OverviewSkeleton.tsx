import { Skeleton } from "@/components/ui/Skeleton";

const CARDS = ["a", "b", "c", "d", "e", "f", "g", "h"];

/** The page's shape while it is read by the browser: the server could not answer in time. */
export function OverviewSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-5">
      <Skeleton className="h-6 w-64" />
      <Skeleton className="h-24 w-full" />
      <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,270px),1fr))] gap-2.5">
        {CARDS.map((card) => (
          <Skeleton key={card} className="h-31" />
        ))}
      </div>
    </div>
  );
}
