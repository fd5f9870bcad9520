"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { TokenView } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { Question } from "@/components/ui/Question";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { StatusShape } from "@/components/ui/StatusShape";
import { useToast } from "@/components/ui/Toast";
import { useClock } from "@/components/ui/use-now";
import { SCOPE_WORDS } from "./scope-words";
import { tokenEnd } from "./token-state";

interface Props {
  readonly token: TokenView;
  /** Somebody else's name; null: it is one's own. */
  readonly owner: string | null;
  readonly renderedAt: number;
}

export function TokenRow({ token, owner, renderedAt }: Props) {
  const { name, prefix, scopes, tags, createdAt } = token;
  const [asking, setAsking] = useState(false);
  const end = useClock(renderedAt, (now) => tokenEnd(token, now));
  return (
    <li
      data-row
      className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1.5 border-b border-line px-4 py-2.5 last:border-b-0 lg:grid-cols-[minmax(0,1.2fr)_minmax(0,1.2fr)_9rem_minmax(0,11rem)_auto]"
    >
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm font-medium">
          <bdi className={`min-w-0 break-words ${end === "over" ? "text-muted" : ""}`}>{name}</bdi>
          {end === "over" ? (
            <Badge tone="bad" shape>
              Expired
            </Badge>
          ) : null}
        </p>
        <p className="text-xs text-pretty break-words text-muted">
          {owner === null ? null : (
            <>
              of <bdi className="text-ink">{owner}</bdi>
              {" · "}
            </>
          )}
          <span className="font-mono">{prefix}…</span>
          {" · made "}
          <RelativeTime at={createdAt} now={renderedAt} />
        </p>
      </div>
      {/* On a phone, lines below the name. */}
      <div className="col-span-2 col-start-1 flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-1 text-xs text-muted lg:contents">
        <div className="flex min-w-0 flex-wrap items-center gap-1 max-lg:basis-full">
          {scopes.map((scope) => (
            <Badge key={scope} tone="accent">
              {SCOPE_WORDS[scope].name}
            </Badge>
          ))}
          {tags === null ? null : (
            <>
              <span className="text-2xs text-muted">only</span>
              {tags.map((tag) => (
                <Badge key={tag} className="max-w-full overflow-hidden">
                  <bdi className="truncate">{tag}</bdi>
                </Badge>
              ))}
            </>
          )}
        </div>
        <End token={token} end={end} renderedAt={renderedAt} />
        <LastUse token={token} renderedAt={renderedAt} />
      </div>
      <Button
        size="small"
        className="max-lg:col-start-2 max-lg:row-start-1 max-lg:self-start"
        onClick={() => setAsking(true)}
      >
        Revoke
        <span className="sr-only"> {name}</span>
      </Button>
      {asking ? <Revoke token={token} owner={owner} onClose={() => setAsking(false)} /> : null}
    </li>
  );
}

const END_LOOK = { never: "text-muted", later: "text-muted", near: "text-warn", over: "text-bad" } as const;

function End({ token, end, renderedAt }: Pick<Props, "token" | "renderedAt"> & { end: keyof typeof END_LOOK }) {
  if (end === "never") return <p className="text-xs text-muted">never expires</p>;
  return (
    <p className={`flex items-center gap-1.5 text-xs ${END_LOOK[end]}`}>
      {end === "near" ? <StatusShape tone="warn" label="Soon" size={10} /> : null}
      <span>
        {end === "over" ? "expired " : "expires "}
        <RelativeTime at={token.expiresAt} now={renderedAt} />
      </span>
    </p>
  );
}

function LastUse({ token: { lastUsedAt, lastUsedFrom }, renderedAt }: Pick<Props, "token" | "renderedAt">) {
  if (lastUsedAt === null) return <p className="text-xs text-muted">not used yet</p>;
  return (
    <p className="min-w-0 text-xs text-muted">
      used <RelativeTime at={lastUsedAt} now={renderedAt} />
      {lastUsedFrom === null ? null : (
        <>
          {" from "}
          <bdi className="num break-all">{lastUsedFrom}</bdi>
        </>
      )}
    </p>
  );
}

function Revoke({ token: { id, name }, owner, onClose }: Omit<Props, "renderedAt"> & { onClose(): void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const told = {
    async onSuccess() {
      toast({ text: `"${name}" lets nobody in any more.` });
      onClose();
      await queryClient.invalidateQueries(trpc.tokens.pathFilter());
    },
  };
  const remove = useMutation(trpc.tokens.remove.mutationOptions(told));
  const revoke = useMutation(trpc.tokens.revoke.mutationOptions(told));
  const deed = owner === null ? remove : revoke;
  return (
    <Question
      open
      title={owner === null ? `Revoke "${name}"?` : `Revoke "${name}" of ${owner}?`}
      description="Whatever comes in by it is refused at once, and it cannot be taken back. A new token is another one."
      action="Revoke"
      icon="remove"
      failed="It was not revoked"
      onOpenChange={onClose}
      onAction={() => deed.mutate({ id })}
      busy={deed.isPending}
      error={deed.error}
    />
  );
}
