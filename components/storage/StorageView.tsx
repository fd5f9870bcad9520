"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Storage } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { SettingSection } from "@/components/settings/SettingSection";
import { Card } from "@/components/ui/Card";
import { ErrorState } from "@/components/ui/ErrorState";
import { Skeleton } from "@/components/ui/Skeleton";
import { DatabaseCard } from "./DatabaseCard";
import { ElsewhereCard } from "./ElsewhereCard";
import { KeyFigures } from "./KeyFigures";
import { PlanCard } from "./PlanCard";
import { PluginTable } from "./PluginTable";
import { RetentionForm } from "./RetentionForm";
import { draftOf, readDraft, sameSettings } from "./retention-draft";
import { TableSizes } from "./TableSizes";
import { usePlan } from "./use-plan";

/** The database counts its tables once a minute. */
const REREAD_MS = 60_000;

/** Where samples lie, what they take, and how long they are kept. */
export function StorageView() {
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.storage.overview.queryOptions(undefined, { refetchInterval: REREAD_MS }));
  if (data) return <Loaded storage={data} />;
  if (error) return <ErrorState title="What is stored could not be read" message={error.message} />;
  return <Skeleton className="h-96 rounded-xl" />;
}

function Loaded({ storage }: { storage: Storage }) {
  const { stored, retention, at } = storage;
  const { samplesShown, timescale } = storage.database;
  const [draft, setDraft] = useState(() => draftOf(retention));
  // Fields keep what was typed, also where it is no number: discarding makes them anew.
  const [discarded, setDiscarded] = useState(0);
  const read = readDraft(draft);
  const changed = !read.ok || !sameSettings(read.settings, retention);
  const plan = usePlan({ read, retention, stored });
  return (
    <>
      {stored.answers ? (
        <KeyFigures stored={stored} now={at} elsewhere={samplesShown !== null} />
      ) : (
        <ErrorState
          title="The database does not answer"
          message={stored.message}
          hint="What is set below stays as it is. Sizes come back with it."
        />
      )}
      <div className="grid w-full gap-x-5 gap-y-6 xl:grid-cols-2">
        <SettingSection title="What is kept">
          <RetentionForm
            draft={draft}
            read={read}
            plugins={stored.answers ? stored.plugins : []}
            changed={changed}
            elsewhere={samplesShown !== null}
            together={timescale?.state === "ready"}
            key={discarded}
            onChange={setDraft}
            onDiscard={() => {
              setDraft(draftOf(retention));
              setDiscarded(discarded + 1);
            }}
          />
        </SettingSection>
        <div className="flex min-w-0 flex-col gap-6">
          <SettingSection title={samplesShown ? "How long samples stay" : "What it comes to"}>
            {samplesShown ? (
              <ElsewhereCard shown={samplesShown} keeps={stored.answers ? stored.serverKeeps : null} />
            ) : plan.data && stored.answers ? (
              <PlanCard plan={plan.data} settings={plan.settings} bytes={stored.bytes} trying={changed && read.ok} />
            ) : (
              <Card>
                <p className="text-sm text-muted">Known when the database answers.</p>
              </Card>
            )}
          </SettingSection>
          <SettingSection title="Database">
            <DatabaseCard storage={storage} />
          </SettingSection>
        </div>
      </div>
      {stored.answers ? (
        <div className="grid w-full items-start gap-x-5 gap-y-6 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
          <SettingSection title="By plugin">
            <PluginTable plugins={stored.plugins} plan={plan.data ?? stored.plan} elsewhere={samplesShown !== null} />
          </SettingSection>
          <SettingSection title="Tables">
            <TableSizes tables={stored.tables} />
          </SettingSection>
        </div>
      ) : null}
    </>
  );
}
