"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { SessionView } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { nameBrowser } from "@/components/name-browser";
import { SettingSection } from "@/components/settings/SettingSection";
import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { Card } from "@/components/ui/Card";
import { ErrorState } from "@/components/ui/ErrorState";
import { Icon } from "@/components/ui/icons";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { Skeleton } from "@/components/ui/Skeleton";
import { useToast } from "@/components/ui/Toast";

/** Where one is signed in. */
export function Sessions({ renderedAt }: { renderedAt: number }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const { data: sessions, error } = useQuery(trpc.account.sessions.queryOptions());
  const told = {
    onError: ({ message }: { message: string }) => toast({ tone: "bad", text: message }),
    onSettled: () => queryClient.invalidateQueries(trpc.account.sessions.queryFilter()),
  };
  const end = useMutation(trpc.account.endSession.mutationOptions(told));
  const endOthers = useMutation(
    trpc.account.endOtherSessions.mutationOptions({
      ...told,
      onSuccess: ({ ended }) =>
        toast({ text: ended === 1 ? "One session has ended." : `${ended} sessions have ended.` }),
    }),
  );
  const others = sessions?.filter(({ current }) => !current) ?? [];
  return (
    <SettingSection
      title="Sessions"
      aside={
        others.length > 0 ? (
          <Button size="small" busy={endOthers.isPending} onClick={() => endOthers.mutate()}>
            End all others
          </Button>
        ) : null
      }
    >
      {error && !sessions ? <ErrorState title="Your sessions could not be read" message={error.message} /> : null}
      {sessions ? (
        <Card padding="none">
          <ul>
            {[...sessions.filter(({ current }) => current), ...others].map((session) => (
              <Row
                key={session.id}
                session={session}
                renderedAt={renderedAt}
                busy={end.isPending && end.variables.id === session.id}
                onEnd={() => end.mutate({ id: session.id })}
              />
            ))}
          </ul>
        </Card>
      ) : error ? null : (
        <Skeleton className="h-28 rounded-xl" />
      )}
    </SettingSection>
  );
}

interface RowProps {
  readonly session: SessionView;
  readonly renderedAt: number;
  readonly busy: boolean;
  onEnd(): void;
}

const DAY_MS = 86_400_000;

function Row({ session, renderedAt, busy, onEnd }: RowProps) {
  const { userAgent, address, createdAt, lastUsedAt, current } = session;
  const name = nameBrowser(userAgent ?? "");
  return (
    <li className="flex items-center gap-3 border-b border-line px-4 py-2.5 last:border-b-0">
      <Icon name={/iPhone|Android/.test(name) ? "phone" : "host"} className="text-muted" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm font-medium">
          <span title={userAgent ?? undefined}>{name}</span>
          {current ? <Badge tone="accent">This one</Badge> : null}
        </p>
        <p className="num text-xs text-pretty text-muted">
          {address === null ? null : (
            <>
              <bdi className="break-all">{address}</bdi>
              {" · "}
            </>
          )}
          begun <RelativeTime at={createdAt} now={renderedAt} />
          {/* It is known to a day. */}
          {!current && lastUsedAt - createdAt > DAY_MS ? (
            <>
              {" · last used "}
              <RelativeTime at={lastUsedAt} now={renderedAt} />
            </>
          ) : null}
        </p>
      </div>
      {current ? null : (
        <Button size="small" busy={busy} onClick={onEnd}>
          End
          <span className="sr-only">
            {" "}
            {name}
            {address === null ? "" : ` at ${address}`}
          </span>
        </Button>
      )}
    </li>
  );
}
