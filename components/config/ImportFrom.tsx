"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ImportChanges } from "@/components/alerts/file/ImportChanges";
import { changeCount } from "@/components/alerts/file/import-words";
import type { Inputs } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { SettingSection } from "@/components/settings/SettingSection";
import { Button } from "@/components/ui/Button";
import { Card } from "@/components/ui/Card";
import { ErrorState } from "@/components/ui/ErrorState";
import { FileButton } from "@/components/ui/FileButton";
import { Segmented } from "@/components/ui/Segmented";
import { useToast } from "@/components/ui/Toast";
import { MappedLines } from "./MappedLines";
import { readBase64 } from "./read-base64";

type Kind = Inputs["config"]["importFrom"]["kind"];
const KINDS: readonly { readonly value: Kind; readonly name: string; readonly file: string }[] = [
  { value: "uptime-kuma", name: "Uptime Kuma", file: "Its backup (JSON) or its database, kuma.db, of 1.x or 2.x." },
  { value: "beszel", name: "Beszel", file: "Its database, data.db." },
  { value: "gatus", name: "Gatus", file: "Its configuration (YAML)." },
  { value: "prometheus-rules", name: "Prometheus rules", file: "A file of alerting rules (YAML)." },
];
/** As the server; the command line takes larger ones. */
const MOST_BYTES = 16_777_216;

/** Another program's file: what becomes of each thing in it stands there before anything is made. */
export function ImportFrom() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [kind, setKind] = useState<Kind>("uptime-kuma");
  const [chosen, setChosen] = useState<{ readonly name: string; readonly base64: string } | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const look = useMutation(trpc.config.importFrom.mutationOptions());
  const apply = useMutation(
    trpc.config.importFrom.mutationOptions({
      onSuccess: async ({ report }) => {
        await queryClient.invalidateQueries();
        const count = changeCount(report, false);
        toast({ text: `Imported: ${count === 1 ? "1 thing" : `${count} things`}.` });
        start(kind);
      },
    }),
  );
  const start = (next: Kind) => {
    setKind(next);
    setChosen(null);
    setFault(null);
    look.reset();
    apply.reset();
  };
  async function read(file: File | undefined) {
    if (!file) return;
    start(kind);
    if (file.size > MOST_BYTES)
      return setFault("The file is larger than 16 MB: `unity import-from` takes it at a terminal.");
    try {
      const base64 = await readBase64(file);
      setChosen({ name: file.name, base64 });
      look.mutate({ kind, base64 });
    } catch (error) {
      setFault(error instanceof Error ? error.message : "The browser could not read this file.");
    }
  }
  const found = look.data;
  const message = fault ?? look.error?.message ?? apply.error?.message ?? null;
  const count = found ? changeCount(found.report, false) : 0;
  return (
    <SettingSection title="Import from another program">
      <Card className="flex flex-col gap-4">
        <div className="max-w-full overflow-x-auto">
          <Segmented label="Program" value={kind} options={KINDS} onChange={start} />
        </div>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <FileButton label="Choose its file" onChoose={(file) => void read(file)} />
          <span className="min-w-0 text-sm break-words text-muted">
            {chosen ? <bdi>{chosen.name}</bdi> : KINDS.find(({ value }) => value === kind)?.file}
            {look.isPending ? " is being read…" : null}
          </span>
        </div>
        {message === null ? null : <ErrorState title="It cannot be imported" message={message} />}
        {found && chosen ? (
          <>
            <MappedLines lines={found.lines} />
            <ImportChanges report={{ ...found.report, missing: [] }} removeMissing={false} />
            <div className="flex flex-wrap justify-end gap-2">
              <Button onClick={() => start(kind)}>Cancel</Button>
              <Button
                variant="primary"
                busy={apply.isPending}
                disabled={count === 0}
                onClick={() => apply.mutate({ kind, base64: chosen.base64, dryRun: false })}
              >
                Import
              </Button>
            </div>
          </>
        ) : null}
      </Card>
    </SettingSection>
  );
}
