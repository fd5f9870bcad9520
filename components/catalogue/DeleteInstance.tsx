"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { InstanceDetail } from "../data/outputs";
import { useTRPC } from "../data/trpc";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { ErrorState } from "../ui/ErrorState";
import { useToast } from "../ui/Toast";
import { refusalOf } from "./refusal";

interface Props {
  readonly instance: InstanceDetail;
  /** What follows is not leaving by mistake. */
  deleted(): void;
}

export function DeleteInstance({ instance, deleted }: Props) {
  const [open, setOpen] = useState(false);
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const toast = useToast();
  const remove = useMutation(
    trpc.plugins.remove.mutationOptions({
      onSuccess: () => {
        deleted();
        void queryClient.invalidateQueries({ queryKey: trpc.plugins.pathKey() });
        toast({ text: `"${instance.name}" is deleted.` });
        router.push("/instances");
      },
    }),
  );
  return (
    <>
      <Button variant="danger" icon="remove" onClick={() => setOpen(true)}>
        Delete
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        width="small"
        title={`Delete ${instance.name}?`}
        description="Its settings and everything it has measured are deleted. To keep the history, pause it instead."
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button
              variant="danger"
              busy={remove.isPending || remove.isSuccess}
              onClick={() => remove.mutate({ id: instance.id })}
            >
              Delete
            </Button>
          </>
        }
      >
        {remove.error ? <ErrorState title="Not deleted" message={refusalOf(remove.error).message} /> : null}
      </Dialog>
    </>
  );
}
