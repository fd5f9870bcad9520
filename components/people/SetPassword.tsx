"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { FormError } from "@/components/account/FormError";
import { refusalOf } from "@/components/catalogue/refusal";
import type { PersonView } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { useToast } from "@/components/ui/Toast";
import { NewPassword } from "./NewPassword";
import { usePeopleRefresh } from "./use-person-deeds";

/** For somebody who forgot theirs, or has none yet. */
export function SetPassword({ person: { id, name }, onClose }: { person: PersonView; onClose(): void }) {
  const trpc = useTRPC();
  const toast = useToast();
  const refresh = usePeopleRefresh();
  const form = useId();
  const [password, setPassword] = useState("");
  const set = useMutation(
    trpc.people.setPassword.mutationOptions({
      async onSuccess() {
        toast({ text: `${name} has a new password.` });
        onClose();
        await refresh();
      },
    }),
  );
  const refusal = set.error ? refusalOf(set.error) : null;
  // There is one field: whatever the server says of a field is of this one.
  const isOfField = refusal !== null && refusal.field !== null;
  const send = (event: FormEvent) => {
    event.preventDefault();
    set.mutate({ id, password });
  };
  return (
    <Dialog
      open
      width="small"
      title={`New password for ${name}`}
      description="Their sessions end: they sign in again, with this one."
      onOpenChange={(open) => open || onClose()}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" busy={set.isPending} disabled={password === ""}>
            Set it
          </Button>
        </>
      }
    >
      <form id={form} noValidate onSubmit={send} className="flex flex-col gap-4 pt-1">
        <FormError>{refusal && !isOfField ? refusal.message : null}</FormError>
        <NewPassword autoFocus value={password} error={isOfField ? refusal.message : null} onChange={setPassword} />
      </form>
    </Dialog>
  );
}
