"use client";

import { useState } from "react";
import { useMe } from "@/components/account/use-me";
import { save } from "@/components/charts/copy-chart";
import { useYaml } from "@/components/config/use-yaml";
import { useTRPCClient } from "@/components/data/trpc";
import { Button } from "@/components/ui/Button";
import { Menu } from "@/components/ui/Menu";
import { useToast } from "@/components/ui/Toast";
import { serverNow } from "@/components/ui/use-now";
import { ImportDialog } from "./ImportDialog";

/** Everything that people set about alerts as one file: rules, changes, channels, routes and silences. */
export function FileMenu() {
  const client = useTRPCClient();
  const toast = useToast();
  const [importing, setImporting] = useState(false);
  const [busy, setBusy] = useState(false);
  const { may } = useMe();
  const yaml = useYaml({ parts: ["rules", "overrides", "channels", "routes", "silences"] }, "unity-alerts");
  if (!may("edit")) return null;
  async function download() {
    setBusy(true);
    try {
      const { yaml } = await client.alerts.export.query();
      const day = new Date(serverNow()).toISOString().slice(0, 10);
      save(new Blob([yaml], { type: "application/yaml" }), `unity-alerts-${day}.yaml`);
      toast({ text: "Saved: rules, changes, routes, silences, and channels without their secrets." });
    } catch (error) {
      toast({ tone: "bad", text: error instanceof Error ? error.message : "Unity does not answer." });
    } finally {
      setBusy(false);
    }
  }
  return (
    <>
      <Menu
        trigger={
          <Button icon="file" busy={busy}>
            File
          </Button>
        }
        items={[
          { name: "Copy as YAML", icon: "copy", onSelect: yaml.copy },
          { name: "Export everything", icon: "download", onSelect: () => void download() },
          // A file brings channels along.
          ...(may("administer")
            ? [{ name: "Import…", icon: "upload", onSelect: () => setImporting(true) } as const]
            : []),
        ]}
      />
      {importing ? <ImportDialog close={() => setImporting(false)} /> : null}
    </>
  );
}
