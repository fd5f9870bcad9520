import { Skeleton } from "@/components/ui/Skeleton";

/** The page's shape while it is on its way. */
export function InstanceSkeleton() {
  return (
    <div className="flex flex-col gap-4" aria-busy="true">
      <div className="flex flex-col gap-3">
        <div className="flex h-12 items-end justify-between gap-4">
          <Skeleton className="h-7 w-56" />
          <Skeleton className="h-8 w-72 max-sm:hidden" />
        </div>
        <Skeleton className="h-5 w-80 max-w-full" />
      </div>
      <div className="h-9 border-b border-line" />
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        {["a", "b", "c", "d"].map((key) => (
          <Skeleton key={key} className="h-[100px] rounded-xl" />
        ))}
      </div>
      <div className="grid gap-3 lg:grid-cols-2 2xl:grid-cols-3">
        {["a", "b", "c", "d", "e", "f"].map((key) => (
          <Skeleton key={key} className="h-[250px] rounded-xl" />
        ))}
      </div>
    </div>
  );
}
