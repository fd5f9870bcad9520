"use client";

import type { PluginDetail } from "../data/outputs";
import { ConfigFields } from "../form/ConfigFields";
import { SwitchField } from "../form/SwitchField";
import { Card, CardTitle } from "../ui/Card";
import { NumberField } from "../ui/NumberField";
import { TextField } from "../ui/TextField";
import { TIMEOUT_SECONDS } from "./draft";
import type { InstanceForm } from "./use-instance-form";

interface Props {
  readonly plugin: PluginDetail;
  readonly form: InstanceForm;
}

/** The left side: what it is called, what the plugin wants to know, and how often. */
export function InstanceFields({ plugin, form }: Props) {
  const { fields, draft, problems, suggested, change } = form;
  return (
    <>
      <Card>
        <div className="mb-4">
          <TextField
            label="Name"
            hint="As it is called in lists and alerts."
            error={problems.name ?? null}
            hasDefault
            maxLength={100}
            value={draft.name}
            placeholder={suggested || (plugin.told ? "Named after its token" : "Named after its address")}
            onChange={(name) => change({ name })}
          />
        </div>
        <ConfigFields
          fields={fields}
          values={draft.values}
          problems={problems}
          onChange={(values) => change({ values })}
        />
      </Card>
      <CollectionCard plugin={plugin} form={form} />
    </>
  );
}

function CollectionCard({ plugin, form }: Props) {
  const { draft, problems, change } = form;
  return (
    <Card>
      <CardTitle>Collection</CardTitle>
      <div className="@container">
        <div className="grid grid-cols-1 gap-4 @md:grid-cols-2">
          <NumberField
            label="Every"
            integer
            hasDefault
            suffix="s"
            min={plugin.minIntervalSeconds}
            error={problems.intervalSeconds ?? null}
            hint={`${plugin.minIntervalSeconds} s or more.`}
            value={draft.intervalSeconds}
            placeholder={String(plugin.intervalSeconds)}
            onChange={(intervalSeconds) => change({ intervalSeconds })}
          />
          <NumberField
            label="Give up after"
            hasDefault
            suffix="s"
            {...TIMEOUT_SECONDS}
            error={problems.timeoutMs ?? null}
            hint="All of one collection."
            value={draft.timeoutSeconds}
            placeholder={String(plugin.timeoutMs / 1_000)}
            onChange={(timeoutSeconds) => change({ timeoutSeconds })}
          />
          <TextField
            label="Machine"
            hasDefault
            maxLength={191}
            error={problems.host ?? null}
            hint="Under which it stands on the overview."
            suggestions={plugin.hosts}
            value={draft.host}
            placeholder={plugin.localHost}
            onChange={(host) => change({ host })}
          />
          <TextField
            label="Tags"
            error={problems.tags ?? null}
            hint="Separated by commas."
            value={draft.tags}
            placeholder="home, important"
            onChange={(tags) => change({ tags })}
          />
          <div className="@md:col-span-2">
            <SwitchField
              label="Collect"
              hint={
                draft.enabled ? "From the moment it is saved." : "Paused: it keeps its history and collects nothing."
              }
              checked={draft.enabled}
              onChange={(enabled) => change({ enabled })}
            />
          </div>
        </div>
      </div>
    </Card>
  );
}
