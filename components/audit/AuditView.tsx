"use client";

import Link from "next/link";
import { SettingsTabs } from "@/components/settings/SettingsTabs";
import { Button } from "@/components/ui/Button";
import { Card } from "@/components/ui/Card";
import { EmptyState } from "@/components/ui/EmptyState";
import { ErrorState } from "@/components/ui/ErrorState";
import { PageHeader } from "@/components/ui/PageHeader";
import { Skeleton } from "@/components/ui/Skeleton";
import { AuditFilters } from "./AuditFilters";
import { AuditRow } from "./AuditRow";
import { isNarrowed } from "./audit-filter";
import { useAudit, useAuditFilter } from "./use-audit";

/** Who did what, newest first. @param renderedAt what the server took for now. Epoch milliseconds */
export function AuditView({ renderedAt }: { renderedAt: number }) {
  const { filter, setFilter } = useAuditFilter();
  const audit = useAudit(filter, renderedAt);
  const { lines, error, isPending, isRefetching, isFetchingNextPage, hasNextPage, fetchNextPage, refetch } = audit;
  return (
    <>
      <PageHeader
        title="Settings"
        actions={
          <Button icon="refresh" busy={isRefetching && !isFetchingNextPage} onClick={() => void refetch()}>
            Read again
          </Button>
        }
      />
      <SettingsTabs />
      <AuditFilters filter={filter} lines={lines} onChange={setFilter} />
      {error ? <ErrorState title="The audit log could not be read" message={error.message} /> : null}
      {isPending && !error ? <Skeleton className="h-96 rounded-xl" /> : null}
      {isPending || (error && lines.length === 0) ? null : (
        <Card padding="none" className="min-w-0 overflow-hidden">
          {lines.length === 0 ? (
            isNarrowed(filter) ? (
              <EmptyState title="Nothing is like that">Take a filter away, or look further back.</EmptyState>
            ) : (
              <EmptyState icon="rows" title="Nobody did anything yet">
                Every change, sign-in and refusal stands here from now on.
              </EmptyState>
            )
          ) : (
            <ul aria-label="Audit log">
              {lines.map((line) => (
                <AuditRow key={line.id} line={line} />
              ))}
            </ul>
          )}
          {hasNextPage ? (
            <div className="flex justify-center border-t border-line p-2">
              <Button variant="ghost" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                Older
              </Button>
            </div>
          ) : null}
        </Card>
      )}
      <p className="text-xs text-pretty text-muted">
        Names are as they were then; secrets are never written. How long it is kept is set under{" "}
        <Link href="/settings/storage" className="rounded text-accent underline underline-offset-2">
          Storage
        </Link>
        .
      </p>
    </>
  );
}
