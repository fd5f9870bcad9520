"use client";

import { useQuery } from "@tanstack/react-query";
import type { InstanceSummary } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { titleOf } from "@/components/instance/instance-title";
import { Card, CardTitle } from "@/components/ui/Card";
import { Select } from "@/components/ui/Select";
import type { RuleForm, RuleProblems } from "./rule-form";

interface Props {
  readonly form: RuleForm;
  readonly problems: RuleProblems;
  change(part: Partial<RuleForm>): void;
}

const SCOPES = [
  { value: "all", name: "Everything" },
  { value: "plugin", name: "One plugin" },
  { value: "host", name: "One host" },
  { value: "tag", name: "One tag" },
  { value: "instance", name: "One instance" },
] as const;
const OF = { all: "", plugin: "Plugin", host: "Host", tag: "Tag", instance: "Instance" } as const;

/** Whose series a rule looks at. */
export function ScopeCard({ form, problems, change }: Props) {
  const trpc = useTRPC();
  const { data: instances = [] } = useQuery(trpc.plugins.instances.queryOptions());
  const options = optionsOf(form.scope, instances);
  const known = options.some(({ value }) => value === form.scopeOf);
  return (
    <Card>
      <CardTitle>What it watches</CardTitle>
      <div className="@container">
        <div className="grid grid-cols-1 gap-4 @md:grid-cols-2">
          <Select
            label="Scope"
            required
            value={form.scope}
            options={SCOPES}
            onChange={(value) => {
              const scope = SCOPES.find((one) => one.value === value)?.value ?? "all";
              const only = optionsOf(scope, instances);
              change({ scope, scopeOf: only.length === 1 ? (only[0]?.value ?? "") : "" });
            }}
          />
          {form.scope === "all" ? null : (
            <Select
              label={OF[form.scope]}
              required
              error={problems.scopeOf ?? null}
              hint={options.length === 0 && form.scope === "tag" ? "No instance has a tag yet." : undefined}
              value={form.scopeOf}
              options={
                known || form.scopeOf === "" ? options : [...options, { value: form.scopeOf, name: form.scopeOf }]
              }
              onChange={(scopeOf) => change({ scopeOf })}
            />
          )}
        </div>
      </div>
    </Card>
  );
}

function optionsOf(scope: RuleForm["scope"], instances: readonly InstanceSummary[]) {
  const plain = (values: readonly string[]) => [...new Set(values)].sort().map((value) => ({ value, name: value }));
  switch (scope) {
    case "all":
      return [];
    case "host":
      return plain(instances.map(({ host }) => host));
    case "tag":
      return plain(instances.flatMap(({ tags }) => tags));
    case "plugin":
      return [...new Map(instances.map(({ plugin, pluginName }) => [plugin, pluginName]))]
        .map(([value, name]) => ({ value, name }))
        .sort((one, other) => one.name.localeCompare(other.name, "en"));
    case "instance":
      return instances
        .map((instance) => ({ value: instance.id, name: titleOf(instance) }))
        .sort((one, other) => one.name.localeCompare(other.name, "en"));
    default:
      return scope satisfies never;
  }
}
