"use client";

import { type FormEvent, type ReactNode, useId, useState } from "react";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { TextField } from "@/components/ui/TextField";
import { FormError } from "./FormError";
import type { AuthAnswer } from "./post-auth";

interface Props {
  readonly title: string;
  readonly description: ReactNode;
  /** On the button. */
  readonly action: string;
  readonly danger?: boolean;
  /** @returns what the server said; what went well is followed by whoever asked */
  submit(password: string): Promise<AuthAnswer>;
  onClose(): void;
}

/** Asks for the password before something that a stranger at an open screen must not do. */
export function PasswordQuestion({ title, description, action, danger = false, submit, onClose }: Props) {
  const [password, setPassword] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useId();
  async function send(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    const answer = await submit(password);
    setBusy(false);
    if (!answer.ok) setError(answer.message);
  }
  return (
    <Dialog
      open
      width="small"
      title={title}
      description={description}
      onOpenChange={(open) => open || onClose()}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant={danger ? "danger" : "primary"}
            busy={busy}
            disabled={password === ""}
          >
            {action}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={send} className="flex flex-col gap-4 pt-1">
        <FormError>{error}</FormError>
        <TextField
          label="Your password"
          credential="current-password"
          secret
          required
          autoFocus
          value={password}
          onChange={setPassword}
        />
      </form>
    </Dialog>
  );
}
