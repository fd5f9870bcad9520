"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useMe } from "@/components/account/use-me";
import type { ParentLink } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { Button } from "@/components/ui/Button";
import { Card } from "@/components/ui/Card";
import { Choice } from "@/components/ui/Choice";
import { IconButton } from "@/components/ui/IconButton";
import { Icon } from "@/components/ui/icons";
import { useToast } from "@/components/ui/Toast";

/** What hangs on what, by hand: when the parent is down, nobody is told of the child. */
export function Parents() {
  const id = useId();
  const { links, nameOf, hosts, instances, save, saving } = useParents();
  const { may } = useMe();
  if (links.length === 0 && !may("edit")) return null;
  return (
    <section aria-labelledby={id} className="min-w-0">
      <h2 id={id} className="text-sm font-semibold">
        What hangs on what
      </h2>
      <p className="mt-0.5 mb-2 max-w-2xl text-sm text-pretty text-muted">
        When one of these is down, only that is told, and not what hangs on it. What is on one host, or behind a gateway
        that falls silent, is found without being said; a hypervisor or a UPS is not.
      </p>
      <Card padding="none" className="overflow-clip">
        {links.length > 0 ? (
          <ul className="-mb-px divide-y divide-line border-b border-line">
            {links.map((link, index) => {
              const child = link.child.kind === "host" ? link.child.host : nameOf(link.child.instance);
              return (
                <li key={JSON.stringify(link)} className="flex items-center gap-2 py-1.5 pr-2 pl-4 text-sm">
                  <Icon name={link.child.kind === "host" ? "host" : "instances"} size={14} className="text-muted" />
                  <span className="min-w-0 break-words">
                    {link.child.kind === "host" ? "Everything on " : ""}
                    <bdi className="font-medium">{child}</bdi> <span className="text-muted">hangs on</span>{" "}
                    <bdi className="font-medium">{nameOf(link.parent)}</bdi>
                  </span>
                  {may("edit") ? (
                    <span className="ms-auto">
                      <IconButton
                        icon="close"
                        label={`${child} hangs on nothing`}
                        disabled={saving}
                        onClick={() => save(links.toSpliced(index, 1))}
                      />
                    </span>
                  ) : null}
                </li>
              );
            })}
          </ul>
        ) : null}
        {may("edit") ? (
          <AddLink hosts={hosts} instances={instances} saving={saving} onAdd={(link) => save([...links, link])} />
        ) : null}
      </Card>
    </section>
  );
}

function useParents() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const links = useQuery(trpc.silences.parents.get.queryOptions()).data ?? [];
  const instances = useQuery(trpc.plugins.instances.queryOptions()).data ?? [];
  const set = useMutation(
    trpc.silences.parents.set.mutationOptions({
      onError: (error) => toast({ text: error.message, tone: "bad" }),
      async onSuccess(next) {
        queryClient.setQueryData(trpc.silences.parents.get.queryKey(), next);
        await queryClient.invalidateQueries(trpc.alerts.pathFilter());
      },
    }),
  );
  return {
    links,
    instances: instances.map(({ id, name, host }) => ({ id, name, host })),
    hosts: [...new Set(instances.map(({ host }) => host))].sort((a, b) => a.localeCompare(b, "en")),
    nameOf: (id: string) => instances.find((one) => one.id === id)?.name ?? "a removed instance",
    // What was removed meanwhile cannot hang on anything, and would be refused.
    save: (next: readonly ParentLink[]) => {
      const isThere = (id: string) => instances.some((one) => one.id === id);
      set.mutate({
        links: next.filter(
          ({ child, parent }) => isThere(parent) && (child.kind === "host" || isThere(child.instance)),
        ),
      });
    },
    saving: set.isPending,
  };
}

interface AddProps {
  readonly hosts: readonly string[];
  readonly instances: readonly { readonly id: string; readonly name: string; readonly host: string }[];
  readonly saving: boolean;
  onAdd(link: ParentLink): void;
}

function AddLink({ hosts, instances, saving, onAdd }: AddProps) {
  const [child, setChild] = useState("");
  const [parent, setParent] = useState("");
  const chosen = hosts.find((host) => child === `host ${host}`);
  const add = () => {
    onAdd({
      child: chosen === undefined ? { kind: "instance", instance: child } : { kind: "host", host: chosen },
      parent,
    });
    setChild("");
    setParent("");
  };
  const options = instances.map(({ id, name, host }) => (
    <option key={id} value={id}>
      {name} ({host})
    </option>
  ));
  return (
    <div className="flex flex-wrap items-center gap-2 px-4 py-3 text-sm">
      <Choice label="What hangs" value={child} onChange={setChild} className="flex-1 basis-36">
        <option value="">What</option>
        <optgroup label="Everything on a host">
          {hosts.map((host) => (
            <option key={host} value={`host ${host}`}>
              {host}
            </option>
          ))}
        </optgroup>
        <optgroup label="Instances">{options}</optgroup>
      </Choice>
      <span className="text-muted">hangs on</span>
      <Choice label="On what" value={parent} onChange={setParent} className="flex-1 basis-36">
        <option value="">what</option>
        {options}
      </Choice>
      <Button size="small" icon="plus" busy={saving} disabled={child === "" || parent === ""} onClick={add}>
        Add
      </Button>
    </div>
  );
}
