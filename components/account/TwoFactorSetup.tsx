"use client";

import { type FormEvent, useId, useState } from "react";
import { copyText } from "@/components/charts/copy-chart";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { TextField } from "@/components/ui/TextField";
import { useToast } from "@/components/ui/Toast";
import { FormError } from "./FormError";
import { PasswordQuestion } from "./PasswordQuestion";
import { postAuth } from "./post-auth";
import { QrCode } from "./QrCode";
import { RecoveryCodes } from "./RecoveryCodes";

/** What the server answers to a right password. */
interface Begun {
  readonly totpURI: string;
  readonly backupCodes: readonly string[];
}
interface Props {
  /** From here on a sign-in asks for a code. */
  onDone(): void;
  onClose(): void;
}

/** Password, then the secret for the phone, then a code that shows it arrived, then the recovery codes. */
export function TwoFactorSetup({ onDone, onClose }: Props) {
  const [begun, setBegun] = useState<Begun | null>(null);
  const [confirmed, setConfirmed] = useState(false);
  if (!begun)
    return (
      <PasswordQuestion
        title="Set up two-factor"
        description="After the password, a sign-in will ask for a code that an app on your phone shows."
        action="Continue"
        onClose={onClose}
        submit={async (password) => {
          const answer = await postAuth<Begun>("/api/auth/two-factor/enable", { password });
          if (answer.ok) setBegun(answer.body);
          return answer;
        }}
      />
    );
  if (confirmed) return <RecoveryCodes codes={begun.backupCodes} onClose={onClose} />;
  return (
    <Scan
      uri={begun.totpURI}
      onClose={onClose}
      onDone={() => {
        setConfirmed(true);
        onDone();
      }}
    />
  );
}

function Scan({ uri, onDone, onClose }: Props & { uri: string }) {
  const toast = useToast();
  const [code, setCode] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useId();
  const secret = new URL(uri).searchParams.get("secret") ?? "";
  async function confirm(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    const answer = await postAuth("/api/auth/two-factor/verify-totp", { code: code.replace(/\s/g, "") });
    setBusy(false);
    if (answer.ok) return onDone();
    setError(answer.message);
    setCode("");
  }
  const copy = async () => {
    const taken = await copyText(secret, "unity-key.txt", "text/plain");
    toast({ text: taken === "copied" ? "Copied." : "Saved as unity-key.txt." });
  };
  return (
    <Dialog
      open
      title="Set up two-factor"
      description="Scan this with an authenticator app: Aegis, 2FAS, Google Authenticator, or your password manager."
      onOpenChange={(open) => open || onClose()}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" busy={busy} disabled={code.trim() === ""}>
            Switch on
          </Button>
        </>
      }
    >
      <div className="flex flex-col items-center gap-5 pt-1 sm:flex-row sm:items-start">
        <QrCode text={uri} label="The key as a QR code" />
        <form id={form} onSubmit={confirm} className="flex w-full min-w-0 flex-1 flex-col gap-4">
          <div className="flex min-w-0 flex-col gap-1.5">
            <p className="text-sm font-medium">Or type this key</p>
            <code className="rounded-lg border border-line-strong bg-raised px-2.5 py-2 text-xs leading-5 dark:bg-bg select-all">
              {inFours(secret)}
            </code>
            <span>
              <Button size="small" variant="ghost" icon="copy" className="-ml-2" onClick={() => void copy()}>
                Copy the key
              </Button>
            </span>
          </div>
          <FormError>{error}</FormError>
          <TextField
            label="Code that the app shows"
            hint="Six digits."
            credential="one-time-code"
            required
            autoFocus
            value={code}
            onChange={setCode}
          />
        </form>
      </div>
    </Dialog>
  );
}

/** As people read it out and type it. */
const inFours = (secret: string) => secret.replace(/(.{4})(?=.)/g, "$1 ");
