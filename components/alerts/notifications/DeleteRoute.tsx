"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Route } from "@/components/data/outputs";
import { Button } from "@/components/ui/Button";
import { DeleteQuestion } from "@/components/ui/DeleteQuestion";
import { useToast } from "@/components/ui/Toast";
import { useSetRoutes } from "./use-routes";

export function DeleteRoute({ route: { id, name }, deleted }: { route: Pick<Route, "id" | "name">; deleted(): void }) {
  const [open, setOpen] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const router = useRouter();
  const toast = useToast();
  const remove = useSetRoutes({
    onError: setError,
    onSuccess: () => {
      deleted();
      toast({ text: `"${name}" was deleted` });
      router.push("/alerts/notifications");
    },
  });
  return (
    <>
      <Button variant="danger" icon="remove" onClick={() => setOpen(true)}>
        Delete
      </Button>
      <DeleteQuestion
        name={name}
        description="What it spoke of is left to the routes below it. To keep it for later, switch it off."
        open={open}
        onOpenChange={setOpen}
        onDelete={() => remove.mutate((now) => now.filter((one) => one.id !== id))}
        busy={remove.isPending || remove.isSuccess}
        error={error}
      />
    </>
  );
}
