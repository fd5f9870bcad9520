"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ChannelView } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { Button } from "@/components/ui/Button";
import { DeleteQuestion } from "@/components/ui/DeleteQuestion";
import { useToast } from "@/components/ui/Toast";

export function DeleteChannel({ channel: { id, name }, deleted }: { channel: ChannelView; deleted(): void }) {
  const [open, setOpen] = useState(false);
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const toast = useToast();
  const remove = useMutation(
    trpc.channels.remove.mutationOptions({
      onSuccess: () => {
        deleted();
        toast({ text: `"${name}" was deleted` });
        router.push("/alerts/channels");
        void queryClient.invalidateQueries(trpc.channels.list.queryFilter());
      },
    }),
  );
  return (
    <>
      <Button variant="danger" icon="remove" onClick={() => setOpen(true)}>
        Delete
      </Button>
      <DeleteQuestion
        name={name}
        description="Nobody is told through it any more, and its settings are gone. To keep them, switch it off."
        open={open}
        onOpenChange={setOpen}
        onDelete={() => remove.mutate({ id })}
        busy={remove.isPending || remove.isSuccess}
        error={remove.error}
      />
    </>
  );
}
