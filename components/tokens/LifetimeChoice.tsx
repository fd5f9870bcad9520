"use client";

import { formatClock } from "@/components/format";
import { Segmented } from "@/components/ui/Segmented";
import { serverNow } from "@/components/ui/use-now";
import { endOf, LIFETIMES, type Lifetime } from "./token-form";

/** From a year on, the day is said with its year. */
const WITH_YEAR_MS = 366 * 86_400_000;

export function LifetimeChoice({ value, onChange }: { value: Lifetime; onChange(value: Lifetime): void }) {
  const end = endOf(value, serverNow());
  return (
    <div className="flex flex-col items-start gap-1.5">
      <p className="text-sm font-medium" aria-hidden="true">
        Expires
      </p>
      <Segmented label="Expires" value={value} options={LIFETIMES} onChange={onChange} />
      <p role="status" className="num text-xs text-pretty text-muted">
        {end === null
          ? "It lets in whoever has it until somebody revokes it."
          : `It ends on ${formatClock(end, WITH_YEAR_MS)}.`}
      </p>
    </div>
  );
}
