"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useMe } from "@/components/account/use-me";
import { useTRPC } from "@/components/data/trpc";
import { formatExact } from "@/components/format";
import { SettingSection } from "@/components/settings/SettingSection";
import { SettingsTabs } from "@/components/settings/SettingsTabs";
import { Button } from "@/components/ui/Button";
import { Card } from "@/components/ui/Card";
import { EmptyState } from "@/components/ui/EmptyState";
import { ErrorState } from "@/components/ui/ErrorState";
import { PageHeader } from "@/components/ui/PageHeader";
import { Skeleton } from "@/components/ui/Skeleton";
import { TokenDialog } from "./TokenDialog";
import { TokenRow } from "./TokenRow";

/** What programs come in by: one's own, and everybody's for those who may administer. */
export function TokensView({ renderedAt }: { renderedAt: number }) {
  const trpc = useTRPC();
  const [making, setMaking] = useState(false);
  const { data: tokens, error } = useQuery(trpc.tokens.list.queryOptions());
  return (
    <>
      <PageHeader
        title="Settings"
        facts={
          tokens && tokens.length > 0 ? (
            <span>
              {formatExact(tokens.length)} {tokens.length === 1 ? "token" : "tokens"}
            </span>
          ) : null
        }
        actions={
          <Button icon="plus" variant="primary" onClick={() => setMaking(true)}>
            New token
          </Button>
        }
      />
      <SettingsTabs />
      <SettingSection title="Your tokens">
        {error && !tokens ? <ErrorState title="Your tokens could not be read" message={error.message} /> : null}
        {tokens ? (
          <Card padding="none" className="overflow-clip">
            {tokens.length === 0 ? (
              <EmptyState icon="key" title="No token yet">
                A script, a dashboard or another Unity comes in by one instead of your password. It may do no more than
                you, and you revoke it alone.
              </EmptyState>
            ) : (
              <ul aria-label="Your tokens">
                {tokens.map((token) => (
                  <TokenRow key={token.id} token={token} owner={null} renderedAt={renderedAt} />
                ))}
              </ul>
            )}
          </Card>
        ) : error ? null : (
          <Skeleton className="h-40 rounded-xl" />
        )}
      </SettingSection>
      <OthersTokens renderedAt={renderedAt} />
      {making ? <TokenDialog onClose={() => setMaking(false)} /> : null}
    </>
  );
}

/** Those of everybody else. Nothing where there are none. */
function OthersTokens({ renderedAt }: { renderedAt: number }) {
  const trpc = useTRPC();
  const { me, may } = useMe();
  const { data: all = [], error } = useQuery(trpc.tokens.all.queryOptions(undefined, { enabled: may("administer") }));
  const others = all.filter(({ owner }) => owner.id !== me?.userId);
  if (error) return <ErrorState title="The tokens of others could not be read" message={error.message} />;
  if (others.length === 0) return null;
  return (
    <SettingSection title="Tokens of others">
      <Card padding="none" className="overflow-clip">
        <ul aria-label="Tokens of others">
          {others.map((token) => (
            <TokenRow key={token.id} token={token} owner={token.owner.name} renderedAt={renderedAt} />
          ))}
        </ul>
      </Card>
    </SettingSection>
  );
}
