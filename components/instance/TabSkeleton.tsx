import { Skeleton } from "@/components/ui/Skeleton";

/** A tab whose data are on their way: a card's height, so that what comes does not push. */
export function TabSkeleton() {
  return (
    <div className="flex flex-col gap-3" aria-busy="true">
      <Skeleton className="h-16 w-full rounded-xl" />
      <Skeleton className="h-80 w-full rounded-xl" />
    </div>
  );
}
