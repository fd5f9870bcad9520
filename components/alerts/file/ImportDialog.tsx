"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/data/trpc";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { ErrorState } from "@/components/ui/ErrorState";
import { FileButton } from "@/components/ui/FileButton";
import { Switch } from "@/components/ui/Switch";
import { TextArea } from "@/components/ui/TextArea";
import { useToast } from "@/components/ui/Toast";
import { ImportChanges } from "./ImportChanges";
import { changeCount } from "./import-words";

/** As the server: more is no file that people wrote. */
const MOST_CHARACTERS = 1_000_000;

/** A file is looked at first: what it would change stands there before anything is changed. */
export function ImportDialog({ close }: { close(): void }) {
  const [text, setText] = useState("");
  const [removeMissing, setRemoveMissing] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const { look, apply } = useImport(close);
  const report = look.data;
  const looksAt = (yaml: string, remove: boolean) => {
    setRemoveMissing(remove);
    look.mutate({ files: [{ yaml }], removeMissing: remove });
  };
  const change = (next: string) => {
    setText(next);
    setFault(null);
    look.reset();
    apply.reset();
  };
  async function read(file: File | undefined) {
    if (!file) return;
    change("");
    if (file.size > MOST_CHARACTERS) return setFault("The file is larger than a megabyte.");
    try {
      const yaml = await file.text();
      setText(yaml);
      looksAt(yaml, removeMissing);
    } catch {
      setFault("The browser could not read this file. Choose it again.");
    }
  }
  const message = fault ?? look.error?.message ?? apply.error?.message ?? null;
  const count = report ? changeCount(report, removeMissing) : 0;
  return (
    <Dialog
      open
      title="Import a file"
      description="Instances, rules, changes, channels, routes, silences and settings, as Export gives them. What is in the file replaces what has the same id or name."
      onOpenChange={(open) => open || close()}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          {report ? (
            <Button
              variant="primary"
              busy={apply.isPending}
              disabled={count === 0}
              onClick={() => apply.mutate({ files: [{ yaml: text }], removeMissing, dryRun: false })}
            >
              Import
            </Button>
          ) : (
            <Button
              variant="primary"
              busy={look.isPending}
              disabled={text.trim() === ""}
              onClick={() => looksAt(text, removeMissing)}
            >
              Show what changes
            </Button>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <FileButton label="Choose a file" accept={YAML} onChoose={(file) => void read(file)} />
        <TextArea
          label="Or its text"
          hasDefault
          code
          rows={report ? 4 : 10}
          value={text}
          placeholder="version: 1"
          onChange={change}
        />
        {message === null ? null : <ErrorState title="It cannot be imported" message={message} />}
        {report ? (
          <>
            {report.missing.length > 0 ? (
              <Switch
                label="Remove what the file does not have"
                checked={removeMissing}
                disabled={look.isPending}
                onChange={(remove) => looksAt(text, remove)}
              />
            ) : null}
            <ImportChanges report={report} removeMissing={removeMissing} />
          </>
        ) : null}
      </div>
    </Dialog>
  );
}

const YAML = ".yaml,.yml,application/yaml,text/yaml,text/plain";

function useImport(done: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const look = useMutation(trpc.config.import.mutationOptions());
  const apply = useMutation(
    trpc.config.import.mutationOptions({
      onSuccess: async (report, { removeMissing = false }) => {
        for (const part of [trpc.alerts, trpc.channels, trpc.silences, trpc.notifications, trpc.plugins, trpc.config])
          await queryClient.invalidateQueries({ queryKey: part.pathKey() });
        const count = changeCount(report, removeMissing);
        toast(
          report.notes.length > 0
            ? { tone: "warn", text: `Imported. ${report.notes.join(" ")}` }
            : { text: `Imported: ${count === 1 ? "1 change" : `${count} changes`}.` },
        );
        done();
      },
    }),
  );
  return { look, apply };
}
