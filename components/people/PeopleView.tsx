"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useMe } from "@/components/account/use-me";
import { useTRPC } from "@/components/data/trpc";
import { formatExact } from "@/components/format";
import { SettingsTabs } from "@/components/settings/SettingsTabs";
import { Button } from "@/components/ui/Button";
import { Card } from "@/components/ui/Card";
import { ErrorState } from "@/components/ui/ErrorState";
import { PageHeader } from "@/components/ui/PageHeader";
import { Skeleton } from "@/components/ui/Skeleton";
import { PersonDialog } from "./PersonDialog";
import { PersonRow } from "./PersonRow";

interface Props {
  /** What the button of the provider says. */
  readonly provider: string | null;
  readonly renderedAt: number;
}

/** Who may come in, and what each may do. */
export function PeopleView({ provider, renderedAt }: Props) {
  const trpc = useTRPC();
  const { me } = useMe();
  const [adding, setAdding] = useState(false);
  const { data: people, error } = useQuery(trpc.people.list.queryOptions());
  return (
    <>
      <PageHeader
        title="Settings"
        facts={
          people ? (
            <span>
              {formatExact(people.length)} {people.length === 1 ? "person" : "people"}
            </span>
          ) : null
        }
        actions={
          <Button icon="plus" variant="primary" onClick={() => setAdding(true)}>
            Add a person
          </Button>
        }
      />
      <SettingsTabs />
      {error && !people ? <ErrorState title="The people could not be read" message={error.message} /> : null}
      {people ? (
        <Card padding="none" className="overflow-clip">
          <ul aria-label="People">
            {people.map((person) => (
              <PersonRow
                key={person.id}
                person={person}
                isMe={person.id === me?.userId}
                provider={provider}
                renderedAt={renderedAt}
              />
            ))}
          </ul>
        </Card>
      ) : error ? null : (
        <Skeleton className="h-60 rounded-xl" />
      )}
      {adding ? <PersonDialog person={null} onClose={() => setAdding(false)} /> : null}
    </>
  );
}
