"use client";

import { useQuery } from "@tanstack/react-query";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useState } from "react";
import { useMe } from "@/components/account/use-me";
import { AlertTabs } from "@/components/alerts/AlertTabs";
import { FileMenu } from "@/components/alerts/file/FileMenu";
import type { SilenceView } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { Button } from "@/components/ui/Button";
import { Card } from "@/components/ui/Card";
import { EmptyState } from "@/components/ui/EmptyState";
import { ErrorState } from "@/components/ui/ErrorState";
import { PageHeader } from "@/components/ui/PageHeader";
import { Skeleton } from "@/components/ui/Skeleton";
import { serverNow } from "@/components/ui/use-now";
import { Calendar } from "./Calendar";
import { untilNextChange } from "./next-change";
import { Parents } from "./Parents";
import { SilenceEditor } from "./SilenceEditor";
import { SilenceList } from "./SilenceList";
import { matchersFrom } from "./silence-draft";
import { useViewerZone } from "./use-viewer-zone";

/** What is being edited: one that is there, or a new one. */
type Editing = { readonly silence: SilenceView } | { readonly kind: "silence" | "maintenance" };

/** When nobody is told: now, later and again. @param renderedAt what the server took for now. Epoch milliseconds */
export function SilencesView({ renderedAt }: { renderedAt: number }) {
  const trpc = useTRPC();
  const params = useSearchParams();
  const zone = useViewerZone();
  const [editing, setEditing] = useEditing();
  const query = useQuery(
    trpc.silences.list.queryOptions(undefined, {
      refetchInterval: ({ state }) => untilNextChange(state.data ?? [], serverNow()),
    }),
  );
  const silences = query.data;
  const open = silences?.filter(({ state }) => state === "open") ?? [];
  const planned = silences?.filter(({ state }) => state === "planned") ?? [];
  const over = silences?.filter(({ state }) => state === "over") ?? [];
  const edit = useEdit(setEditing);
  return (
    <>
      <PageHeader
        title="Alerts"
        actions={
          <>
            <FileMenu />
            {edit ? <NewSilence onNew={(kind) => setEditing({ kind })} /> : null}
          </>
        }
      />
      <AlertTabs current="silences" />
      {query.error && !silences ? (
        <ErrorState title="The silences could not be read" message={query.error.message} />
      ) : null}
      {silences ? null : query.error ? null : <Skeleton className="h-96 rounded-xl" />}
      {silences && open.length + planned.length === 0 ? (
        <NothingSilent hasPast={over.length > 0} mine={edit !== undefined} />
      ) : null}
      {open.length > 0 ? (
        <SilenceList title="Silent now" silences={open} renderedAt={renderedAt} onEdit={edit} />
      ) : null}
      {planned.length > 0 ? (
        <SilenceList title="Planned" silences={planned} renderedAt={renderedAt} onEdit={edit} />
      ) : null}
      {open.length + planned.length > 0 ? (
        <Calendar silences={[...open, ...planned]} renderedAt={renderedAt} onEdit={edit} />
      ) : null}
      {silences ? <Parents /> : null}
      {over.length > 0 ? (
        <SilenceList title="Over" silences={over} renderedAt={renderedAt} onEdit={edit} folds />
      ) : null}
      {editing && edit ? (
        <SilenceEditor
          // What it begins with is in the viewer's zone, which the server that drew the page did not know.
          key={zone}
          start={"silence" in editing ? editing : { ...editing, matchers: matchersFrom(params) }}
          onClose={() => setEditing(null)}
        />
      ) : null}
    </>
  );
}

/** Undefined for those who may not: a silence may be for more than what somebody sees. */
function useEdit(setEditing: (next: Editing) => void): ((silence: SilenceView) => void) | undefined {
  const { may, seesAll } = useMe();
  return may("respond") && seesAll ? (silence) => setEditing({ silence }) : undefined;
}

function NewSilence({ onNew }: { onNew(kind: "silence" | "maintenance"): void }) {
  return (
    <>
      <Button icon="calendar" onClick={() => onNew("maintenance")}>
        Plan maintenance
      </Button>
      <Button icon="pause" variant="primary" onClick={() => onNew("silence")}>
        New silence
      </Button>
    </>
  );
}

/** A link opens the editor: `?new=silence&instance=...`. Closed, the address is as it was. */
function useEditing(): [Editing | null, (next: Editing | null) => void] {
  const params = useSearchParams();
  const pathname = usePathname();
  const router = useRouter();
  const asked = params.get("new");
  const [editing, setEditing] = useState<Editing | null>(
    asked === "silence" || asked === "maintenance" ? { kind: asked } : null,
  );
  return [
    editing,
    (next) => {
      setEditing(next);
      if (next === null && asked !== null) router.replace(pathname, { scroll: false });
    },
  ];
}

function NothingSilent({ hasPast, mine }: { hasPast: boolean; mine: boolean }) {
  return (
    <Card>
      <EmptyState icon="alerts" title={hasPast ? "Nothing is silent now" : "Nothing is silent, and nothing is planned"}>
        A silence keeps alerts from telling anybody for a while: for one host, a plugin, a severity, or everything.{" "}
        {mine ? "Plan maintenance for what happens every week. " : null}
        Alerts are evaluated and remembered all the same.
      </EmptyState>
    </Card>
  );
}
