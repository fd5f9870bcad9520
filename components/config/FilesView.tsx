"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { May } from "@/components/account/May";
import { ImportDialog } from "@/components/alerts/file/ImportDialog";
import { useTRPC } from "@/components/data/trpc";
import { SettingRow } from "@/components/settings/SettingRow";
import { SettingSection } from "@/components/settings/SettingSection";
import { Button } from "@/components/ui/Button";
import { Card } from "@/components/ui/Card";
import { ErrorState } from "@/components/ui/ErrorState";
import { Skeleton } from "@/components/ui/Skeleton";
import { ImportFrom } from "./ImportFrom";
import { ProvisionSection } from "./ProvisionSection";
import { YamlMenu } from "./YamlMenu";

/** As often the folder is looked at. */
const EVERY_MS = 5_000;

/** Everything that is set, as files: the folder that is applied, out, in, and from other programs. */
export function FilesView() {
  const trpc = useTRPC();
  const [importing, setImporting] = useState(false);
  const { data: state, error } = useQuery(
    trpc.config.provision.state.queryOptions(undefined, { refetchInterval: EVERY_MS }),
  );
  return (
    <div className="grid w-full max-w-3xl gap-x-5 gap-y-6 xl:max-w-none xl:grid-cols-2 xl:items-start">
      <div className="flex min-w-0 flex-col gap-6">
        {state ? <ProvisionSection state={state} /> : null}
        {error && !state ? <ErrorState title="The folder could not be asked for" message={error.message} /> : null}
        {state || error ? null : <Skeleton className="h-40 rounded-xl" />}
      </div>
      <div className="flex min-w-0 flex-col gap-6">
        <SettingSection title="Out and in">
          <Card padding="none">
            <SettingRow
              beside
              name="Everything that is set"
              hint="Instances, rules, channels, routes, silences and settings, without secrets."
            >
              <YamlMenu what={{}} name="unity" />
            </SettingRow>
            <SettingRow beside name="Settings alone" hint="How long what is kept, and how messages are sent.">
              <YamlMenu what={{ parts: ["settings"] }} name="unity-settings" />
            </SettingRow>
            <May permission="administer">
              <SettingRow beside name="A file of Unity’s" hint="What it would change is shown first.">
                <Button icon="upload" onClick={() => setImporting(true)}>
                  Import…
                </Button>
              </SettingRow>
            </May>
          </Card>
        </SettingSection>
        <May permission="administer">
          <ImportFrom />
        </May>
      </div>
      {importing ? <ImportDialog close={() => setImporting(false)} /> : null}
    </div>
  );
}
