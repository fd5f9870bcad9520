"use client";

import type { ReactNode } from "react";
import { Button } from "./Button";
import { Card } from "./Card";
import { ErrorState } from "./ErrorState";
import { Skeleton } from "./Skeleton";

interface Props<T> {
  /** Of the list, for screen readers. */
  readonly label: string;
  readonly items: readonly T[];
  /** As the infinite query has it. */
  readonly query: {
    readonly isPending: boolean;
    readonly error: { readonly message: string } | null;
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    fetchNextPage(): Promise<unknown>;
  };
  /** "The history could not be read" */
  readonly unreadable: string;
  /** Instead of the list when there is nothing in it. */
  readonly empty: ReactNode;
  readonly className?: string;
  row(item: T): ReactNode;
}

/** What happened, newest first, with more of it on demand. */
export function PagedList<T>({ label, items, query, unreadable, empty, className, row }: Props<T>) {
  const { isPending, error, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  return (
    <>
      {error ? <ErrorState title={unreadable} message={error.message} /> : null}
      {isPending && !error ? <Skeleton className="h-96 rounded-xl" /> : null}
      {isPending || (error && items.length === 0) ? null : (
        <Card padding="none" className="min-w-0 overflow-hidden">
          {items.length === 0 ? (
            empty
          ) : (
            <ul aria-label={label} className={className}>
              {items.map(row)}
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
    </>
  );
}
