"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc";
import { Card, CardTitle } from "@/components/ui/Card";
import { compareText } from "@/components/ui/compare-text";
import { Segmented } from "@/components/ui/Segmented";
import { ZoneField } from "./ClockField";
import { LabelRows } from "./LabelRows";
import { NamesField } from "./NamesField";
import { TimeRows } from "./TimeRows";
import type { RouteFormState } from "./use-route-form";

const SEVERITIES = [
  { value: "info", name: "All" },
  { value: "warning", name: "Warnings and worse" },
  { value: "critical", name: "Critical" },
] as const;

/** Of which alerts a route speaks: all of it must fit. */
export function WhichCard({ state }: { state: RouteFormState }) {
  const { form, problems, change, changeMatch } = state;
  const { match } = form;
  const trpc = useTRPC();
  const { data: instances = [] } = useQuery(trpc.plugins.instances.queryOptions());
  const namesOf = (names: readonly string[]) => [...new Set(names)].sort(compareText);
  return (
    <Card>
      <CardTitle>Which alerts</CardTitle>
      <div className="@container flex flex-col gap-4">
        <div className="min-w-0 overflow-x-auto [scrollbar-width:none]">
          <Segmented
            label="Severity"
            value={match.severity}
            options={SEVERITIES}
            onChange={(severity) => changeMatch({ severity })}
          />
        </div>
        <div className="grid grid-cols-1 gap-4 @md:grid-cols-3">
          <NamesField
            label="Plugin"
            any="Any plugin"
            value={match.plugins}
            known={namesOf(instances.map(({ plugin }) => plugin))}
            onChange={(plugins) => changeMatch({ plugins })}
          />
          <NamesField
            label="Host"
            any="Any host"
            value={match.hosts}
            known={namesOf(instances.map(({ host }) => host))}
            onChange={(hosts) => changeMatch({ hosts })}
          />
          <NamesField
            label="Tag"
            any="Any tag"
            value={match.tags}
            known={namesOf(instances.flatMap(({ tags }) => tags))}
            onChange={(tags) => changeMatch({ tags })}
          />
        </div>
        <LabelRows value={match.labels} problems={problems} onChange={(labels) => changeMatch({ labels })} />
        <TimeRows value={match.times} problems={problems} onChange={(times) => changeMatch({ times })} />
        {match.times.length > 0 || form.daily ? (
          <ZoneField
            label="Time zone"
            required
            hint={match.times.length > 0 ? "What still fires when the times begin is told then." : undefined}
            error={problems.timeZone ?? null}
            value={form.timeZone}
            onChange={(timeZone) => change({ timeZone })}
          />
        ) : null}
      </div>
    </Card>
  );
}
