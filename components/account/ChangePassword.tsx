"use client";

import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { TextField } from "@/components/ui/TextField";
import { FormError } from "./FormError";
import { postAuth } from "./post-auth";

/** @param username for password managers, which keep the new one by it */
export function ChangePassword({ username, onDone, onClose }: { username: string; onDone(): void; onClose(): void }) {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [problem, setProblem] = useState<{ code: string; message: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useId();
  const at = (code: string) => (problem?.code.startsWith(code) ? problem.message : null);
  const isOfField = problem !== null && /^(INVALID_PASSWORD|PASSWORD_TOO)/.test(problem.code);
  async function send(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    const answer = await postAuth("/api/auth/change-password", { currentPassword: current, newPassword: next });
    setBusy(false);
    if (answer.ok) onDone();
    else setProblem(answer);
  }
  return (
    <Dialog
      open
      width="small"
      title="Change your password"
      description="Wherever else you are signed in, you are signed out."
      onOpenChange={(open) => open || onClose()}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" busy={busy} disabled={current === "" || next === ""}>
            Change
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={send} className="flex flex-col gap-4 pt-1">
        <FormError>{problem && !isOfField ? problem.message : null}</FormError>
        <input type="hidden" name="username" autoComplete="username" value={username} />
        <TextField
          label="Your password now"
          credential="current-password"
          secret
          required
          autoFocus
          error={at("INVALID_PASSWORD")}
          value={current}
          onChange={setCurrent}
        />
        <TextField
          label="The new one"
          hint="At least 10 characters. A sentence is easy to remember."
          credential="new-password"
          secret
          required
          error={at("PASSWORD_TOO")}
          value={next}
          onChange={setNext}
        />
      </form>
    </Dialog>
  );
}
