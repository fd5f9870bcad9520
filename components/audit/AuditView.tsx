"use client";

import Link from "next/link";
import { SettingsTabs } from "@/components/settings/SettingsTabs";
import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import { PagedList } from "@/components/ui/PagedList";
import { PageHeader } from "@/components/ui/PageHeader";
import { AuditFilters } from "./AuditFilters";
import { AuditRow } from "./AuditRow";
import { isNarrowed } from "./audit-filter";
import { useAudit, useAuditFilter } from "./use-audit";

/** Who did what, newest first. @param renderedAt what the server took for now. Epoch milliseconds */
export function AuditView({ renderedAt }: { renderedAt: number }) {
  const { filter, setFilter } = useAuditFilter();
  const audit = useAudit(filter, renderedAt);
  const { lines, isRefetching, isFetchingNextPage, refetch } = audit;
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
      <PagedList
        label="Audit log"
        items={lines}
        query={audit}
        unreadable="The audit log could not be read"
        empty={
          isNarrowed(filter) ? (
            <EmptyState title="Nothing is like that">Take a filter away, or look further back.</EmptyState>
          ) : (
            <EmptyState icon="rows" title="Nobody did anything yet">
              Every change, sign-in and refusal stands here from now on.
            </EmptyState>
          )
        }
        row={(line) => <AuditRow key={line.id} line={line} />}
      />
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
