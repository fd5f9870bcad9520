"use client";

import { type FormEvent, useId, useState } from "react";
import { nameBrowser } from "@/components/name-browser";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { TextField } from "@/components/ui/TextField";
import { useToast } from "@/components/ui/Toast";
import { FormError } from "./FormError";
import { addPasskey } from "./passkey";
import { postAuth } from "./post-auth";
import type { Passkey } from "./use-passkeys";

interface Props {
  /** The one to rename; null: a new one is made. */
  readonly passkey: Passkey | null;
  onDone(): void;
  onClose(): void;
}

/** What to call a passkey; a new one is then made by the browser, which asks in its own words. */
export function NamePasskey({ passkey, onDone, onClose }: Props) {
  const toast = useToast();
  const form = useId();
  const [name, setName] = useState(() => passkey?.name ?? nameBrowser(navigator.userAgent));
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  async function send(event: FormEvent) {
    event.preventDefault();
    const named = name.trim();
    if (named === "") return;
    setBusy(true);
    const answer = await (passkey
      ? postAuth("/api/auth/passkey/update-passkey", { id: passkey.id, name: named })
      : addPasskey(named));
    setBusy(false);
    if (!answer.ok) return setError(answer.message);
    toast({ text: passkey ? `It is called "${named}" now.` : `"${named}" signs you in from now on.` });
    onDone();
    onClose();
  }
  return (
    <Dialog
      open
      width="small"
      title={passkey ? "Rename the passkey" : "Add a passkey"}
      description={
        passkey ? undefined : "This device, a phone nearby or a security key will hold it: the browser asks."
      }
      onOpenChange={(open) => open || onClose()}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" busy={busy} disabled={name.trim() === ""}>
            {passkey ? "Save" : "Continue"}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={send} className="flex flex-col gap-4 pt-1">
        <FormError>{error}</FormError>
        <TextField
          label="Name"
          hint="By which you know the device again."
          required
          autoFocus
          maxLength={100}
          value={name}
          onChange={setName}
        />
      </form>
    </Dialog>
  );
}
