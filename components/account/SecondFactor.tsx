"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/Button";
import { TextField } from "@/components/ui/TextField";
import { FormError } from "./FormError";
import { postAuth } from "./post-auth";

/** After the password: a code of the phone, or one of those that were written down. */
export function SecondFactor({ to, onBack }: { to: string; onBack(): void }) {
  const [recovery, setRecovery] = useState(false);
  const [code, setCode] = useState("");
  const [trust, setTrust] = useState(true);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function enter(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    const path = recovery ? "verify-backup-code" : "verify-totp";
    const given = { code: recovery ? code.trim() : code.replace(/\s/g, ""), trustDevice: trust };
    const answer = await postAuth(`/api/auth/two-factor/${path}`, given);
    if (answer.ok) return window.location.assign(to);
    setBusy(false);
    setError(answer.message);
    setCode("");
  }

  return (
    <form onSubmit={enter} className="flex flex-col gap-4">
      <FormError>{error}</FormError>
      <TextField
        // A field of its own: what was begun for the other is gone.
        key={String(recovery)}
        label={recovery ? "Recovery code" : "Code of your authenticator"}
        hint={recovery ? "Each can be used once." : "Six digits, from the app on your phone."}
        credential={recovery ? undefined : "one-time-code"}
        value={code}
        onChange={setCode}
        required
        autoFocus
      />
      <label className="flex items-center gap-2 text-sm">
        <input
          type="checkbox"
          checked={trust}
          onChange={(event) => setTrust(event.target.checked)}
          className="size-4 accent-accent"
        />
        Ask for no code on this device for 30 days
      </label>
      <Button type="submit" variant="primary" busy={busy}>
        Sign in
      </Button>
      <div className="flex flex-wrap justify-between gap-2 border-t border-line pt-3">
        <Button
          size="small"
          variant="ghost"
          onClick={() => {
            setRecovery(!recovery);
            setCode("");
            setError(null);
          }}
        >
          {recovery ? "Use a code of the phone" : "The phone is lost"}
        </Button>
        <Button size="small" variant="ghost" onClick={onBack}>
          Back
        </Button>
      </div>
    </form>
  );
}
