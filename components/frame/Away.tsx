"use client";

import { useLive } from "@/components/data/live";
import { Button } from "@/components/ui/Button";
import { ErrorState } from "@/components/ui/ErrorState";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { PLACES } from "./places";

/** Stands in for a page that was asked for while Unity is away. */
export function Away({ wanted, onStay }: { wanted: string; onStay(): void }) {
  const { lostAt } = useLive();
  const name = PLACES.find(({ href }) => href === wanted)?.name ?? "The page";
  return (
    <div className="flex flex-1 flex-col justify-center">
      <ErrorState
        layout="block"
        tone="warn"
        title="Unity does not answer"
        message={`${name} opens by itself as soon as it does.`}
        hint="It may be restarting. If it stays away, look at the log of its process or container."
        action={
          <div className="flex flex-col items-center gap-3">
            <Button onClick={onStay}>Stay on the last page</Button>
            {lostAt === null ? null : (
              <p className="text-xs text-muted">
                Last answer <RelativeTime at={lostAt} now={lostAt} />
              </p>
            )}
          </div>
        }
      />
    </div>
  );
}
