"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { RuleView } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { Button } from "@/components/ui/Button";
import { DeleteQuestion } from "@/components/ui/DeleteQuestion";
import { useToast } from "@/components/ui/Toast";

export function DeleteRule({ rule: { id, name }, deleted }: { rule: RuleView; deleted(): void }) {
  const [open, setOpen] = useState(false);
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const toast = useToast();
  const remove = useMutation(
    trpc.alerts.rule.remove.mutationOptions({
      onSuccess: () => {
        deleted();
        toast({ text: `"${name}" was deleted` });
        router.push("/alerts/rules");
        void queryClient.invalidateQueries(trpc.alerts.rule.all.queryFilter());
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
        description="What it has found stays in the history; what fires by it is over. To keep it for later, switch it off."
        open={open}
        onOpenChange={setOpen}
        onDelete={() => remove.mutate({ id })}
        busy={remove.isPending || remove.isSuccess}
        error={remove.error}
      />
    </>
  );
}
