"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Locked } from "@/components/account/Locked";
import { May } from "@/components/account/May";
import type { Stored } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { Button } from "@/components/ui/Button";
import { Card } from "@/components/ui/Card";
import { ErrorState } from "@/components/ui/ErrorState";
import { NumberField } from "@/components/ui/NumberField";
import { useToast } from "@/components/ui/Toast";
import { PluginDays } from "./PluginDays";
import { days } from "./plan-words";
import { MOST_DAYS, type ReadDraft, type RetentionDraft } from "./retention-draft";

interface Props {
  readonly draft: RetentionDraft;
  readonly read: ReadDraft;
  readonly plugins: Stored["plugins"];
  readonly changed: boolean;
  /** Samples are kept by a server of their own, as that is told. */
  readonly elsewhere: boolean;
  /** The database drops a day of all plugins at once. */
  readonly together: boolean;
  onChange(draft: RetentionDraft): void;
  onDiscard(): void;
}

/** How long what is kept, and under how much. The plan beside it follows every key. */
export function RetentionForm({ draft, read, plugins, changed, elsewhere, together, onChange, onDiscard }: Props) {
  const { save, saving, error } = useSave();
  const errors = read.ok ? {} : read.errors;
  const set = (change: Partial<RetentionDraft>) => onChange({ ...draft, ...change });
  return (
    <Card>
      <form
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (read.ok && changed) save(read.settings);
        }}
      >
        <Locked unless="administer" why="Only an admin may change this.">
          <div className="grid gap-x-4 gap-y-5 sm:grid-cols-2">
            {elsewhere ? null : <SampleDays draft={draft} errors={errors} set={set} />}
            <NumberField
              {...common}
              label="History of alerts"
              hint="When something fired, and what was done about it."
              value={draft.alertsDays}
              error={errors.alertsDays}
              onChange={(alertsDays) => set({ alertsDays })}
            />
            <NumberField
              {...common}
              label="Runs"
              hint="When something was collected, and how it went."
              value={draft.runsDays}
              error={errors.runsDays}
              onChange={(runsDays) => set({ runsDays })}
            />
            <NumberField
              {...common}
              label="Audit log"
              hint="Who changed what, who signed in, and who was refused."
              value={draft.auditDays}
              error={errors.auditDays}
              onChange={(auditDays) => set({ auditDays })}
            />
          </div>
          {elsewhere ? null : (
            <div className="grid items-start gap-x-4 gap-y-5 border-t border-line pt-5 sm:grid-cols-2">
              <PluginDays
                value={draft.plugins}
                plugins={plugins}
                others={draft.rawDays}
                together={together}
                onChange={(own) => set({ plugins: own })}
              />
              <NumberField
                label="Keep it under"
                hint="Then exact samples are kept as long as there is room, if need be hourly averages too. Empty for no limit."
                placeholder="no limit"
                suffix="GiB"
                min={0.001}
                value={draft.budgetGib}
                onChange={(budgetGib) => set({ budgetGib })}
              />
            </div>
          )}
        </Locked>
        {error ? <ErrorState title="This could not be saved" message={error} /> : null}
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3">
          <p className="text-xs text-pretty text-muted">
            Applied every night at 03:17. What was dropped does not come back.
          </p>
          <May permission="administer">
            <div className="ms-auto flex gap-2">
              {changed ? (
                <Button variant="ghost" onClick={onDiscard}>
                  Discard
                </Button>
              ) : null}
              <Button type="submit" variant="primary" busy={saving} disabled={!changed || !read.ok}>
                Save
              </Button>
            </div>
          </May>
        </div>
      </form>
    </Card>
  );
}

const common = { integer: true, min: 1, max: MOST_DAYS, suffix: "days", required: true } as const;

function SampleDays({
  draft,
  errors,
  set,
}: {
  draft: RetentionDraft;
  errors: Extract<ReadDraft, { ok: false }>["errors"];
  set(change: Partial<RetentionDraft>): void;
}) {
  return (
    <>
      <NumberField
        {...common}
        label="Exact samples"
        hint="As they were measured."
        value={draft.rawDays}
        error={errors.rawDays}
        onChange={(rawDays) => set({ rawDays })}
      />
      <NumberField
        {...common}
        label="Hourly averages"
        hint={`${inYears(draft.hourlyDays)}With minimum and maximum.`}
        value={draft.hourlyDays}
        error={errors.hourlyDays}
        onChange={(hourlyDays) => set({ hourlyDays })}
      />
      <NumberField
        {...common}
        label="Daily averages"
        hint={`${inYears(draft.dailyDays)}They cost next to nothing.`}
        value={draft.dailyDays}
        error={errors.dailyDays}
        onChange={(dailyDays) => set({ dailyDays })}
      />
    </>
  );
}

const inYears = (count: number | null) => (count && count % 365 === 0 ? `${days(count)}. ` : "");

function useSave() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const keep = useMutation(
    trpc.storage.keep.mutationOptions({
      async onSuccess(retention) {
        queryClient.setQueryData(trpc.storage.overview.queryKey(), (old) => old && { ...old, retention });
        await queryClient.invalidateQueries(trpc.storage.pathFilter());
        await queryClient.invalidateQueries(trpc.system.pathFilter());
        toast({ text: "Saved. It applies from tonight on." });
      },
    }),
  );
  return { save: keep.mutate, saving: keep.isPending, error: keep.error?.message };
}
