"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { May } from "@/components/account/May";
import { useYaml } from "@/components/config/use-yaml";
import { useTRPC } from "@/components/data/trpc";
import { Button } from "@/components/ui/Button";
import { buttonClass } from "@/components/ui/button-class";
import { IconButton } from "@/components/ui/IconButton";
import { Icon } from "@/components/ui/icons";
import { Menu } from "@/components/ui/Menu";
import { useToast } from "@/components/ui/Toast";
import { DeleteDialog } from "./DeleteDialog";
import { titleOf } from "./instance-title";
import type { InstanceHead } from "./use-instance";

/** What can be done with an instance. Results come over the live stream; a toast says what does not show by itself. */
export function InstanceActions({ head }: { head: InstanceHead }) {
  const { id, enabled } = head;
  const name = titleOf(head);
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const yaml = useYaml({ thing: { kind: "instance", id } }, "unity-instance");
  const [asking, setAsking] = useState(false);
  const onError = (error: { message: string }) => toast({ tone: "bad", text: error.message });
  const run = useMutation(trpc.plugins.runNow.mutationOptions({ onError }));
  const change = useMutation(
    trpc.plugins.update.mutationOptions({
      onError,
      onSuccess: (summary) => {
        queryClient.setQueryData(trpc.plugins.instance.queryKey({ id }), (old) => old && { ...old, ...summary });
        void queryClient.invalidateQueries(trpc.plugins.pathFilter());
        toast({ text: summary.enabled ? `${name} is collected again` : `${name} is paused` });
      },
    }),
  );
  return (
    <>
      <May permission="respond">
        <Button
          icon="refresh"
          busy={run.isPending}
          disabled={!enabled}
          title={enabled ? "Collect now, outside the interval" : "It is paused"}
          onClick={() => run.mutate({ id })}
        >
          Run now
        </Button>
      </May>
      <May permission="administer">
        <Button
          icon={enabled ? "pause" : "play"}
          busy={change.isPending}
          onClick={() => change.mutate({ id, enabled: !enabled })}
        >
          {enabled ? "Pause" : "Resume"}
        </Button>
        <Link href={`/instances/${id}/edit`} className={buttonClass()}>
          <Icon name="edit" size={15} />
          <span className="max-sm:sr-only">Edit</span>
        </Link>
        <Menu
          trigger={<IconButton icon="more" label={`${name}: more`} />}
          items={[
            { name: "Copy as YAML", icon: "copy", disabled: yaml.busy, onSelect: yaml.copy },
            "separator",
            { name: "Delete…", icon: "remove", danger: true, onSelect: () => setAsking(true) },
          ]}
        />
        <DeleteDialog head={head} open={asking} onOpenChange={setAsking} />
      </May>
    </>
  );
}
