"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { usePathname, useRouter } from "next/navigation";
import { useTRPC } from "@/components/data/trpc";
import { DeleteQuestion } from "@/components/ui/DeleteQuestion";
import { useToast } from "@/components/ui/Toast";
import { titleOf } from "./instance-title";
import type { InstanceHead } from "./use-instance";

interface Props {
  readonly head: Pick<InstanceHead, "id" | "name" | "host" | "pluginName">;
  readonly open: boolean;
  onOpenChange(open: boolean): void;
}

export function DeleteDialog({ head, open, onOpenChange }: Props) {
  const { id, pluginName } = head;
  const name = titleOf(head);
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const pathname = usePathname();
  const toast = useToast();
  const remove = useMutation(
    trpc.plugins.remove.mutationOptions({
      onSuccess: () => {
        toast({ text: `${name} was deleted` });
        void queryClient.invalidateQueries(trpc.plugins.instances.queryFilter());
        void queryClient.invalidateQueries(trpc.plugins.overview.queryFilter());
        onOpenChange(false);
        // Its page is about nothing now; a list keeps its filters.
        if (pathname.startsWith(`/instances/${id}`)) router.push("/instances");
      },
    }),
  );
  return (
    <DeleteQuestion
      name={name}
      description={`${pluginName} is no longer collected here, and its whole history goes with it: samples, runs and inventory. This cannot be undone. To stop collecting and keep the history, pause it.`}
      open={open}
      onOpenChange={onOpenChange}
      onDelete={() => remove.mutate({ id })}
      busy={remove.isPending}
      error={remove.error}
    />
  );
}
