"use client";

import { useState } from "react";
import { copyText, save } from "@/components/charts/copy-chart";
import type { Inputs } from "@/components/data/outputs";
import { useTRPCClient } from "@/components/data/trpc";
import { useToast } from "@/components/ui/Toast";
import { serverNow } from "@/components/ui/use-now";

export type Exported = NonNullable<Inputs["config"]["export"]>;

/** What is set as YAML, without secrets: into the clipboard, or a file. @param name of the file, before its day */
export function useYaml(what: Exported, name: string) {
  const client = useTRPCClient();
  const toast = useToast();
  const [busy, setBusy] = useState(false);

  async function take(work: (yaml: string, file: string) => Promise<string> | string): Promise<void> {
    setBusy(true);
    try {
      const { yaml } = await client.config.export.query(what);
      toast({ text: await work(yaml, `${name}-${new Date(serverNow()).toISOString().slice(0, 10)}.yaml`) });
    } catch (error) {
      toast({ tone: "bad", text: error instanceof Error ? error.message : "Unity does not answer." });
    } finally {
      setBusy(false);
    }
  }

  return {
    busy,
    copy: () =>
      void take(async (yaml, file) =>
        (await copyText(yaml, file, "application/yaml")) === "copied"
          ? "Copied as YAML, without secrets."
          : `Saved as ${file}, without secrets.`,
      ),
    download: () =>
      void take((yaml, file) => {
        save(new Blob([yaml], { type: "application/yaml" }), file);
        return "Saved, without secrets.";
      }),
  };
}
