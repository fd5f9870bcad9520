"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/Button";
import { TextField } from "@/components/ui/TextField";
import { FormError } from "./FormError";
import { canPasskey, signInWithPasskey } from "./passkey";
import { postAuth } from "./post-auth";
import { SecondFactor } from "./SecondFactor";
import { useClientOnly } from "./use-client-only";

interface Props {
  /** Where it leads: a path of this Unity. */
  readonly to: string;
  /** What the button of the provider says; null: there is none. */
  readonly provider: string | null;
  /** Why the provider sent nobody. */
  readonly problem: string | null;
}

export function SignIn({ to, provider, problem }: Props) {
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [error, setError] = useState(problem);
  const [busy, setBusy] = useState<"password" | "passkey" | "provider" | null>(null);
  const [second, setSecond] = useState(false);
  const passkeys = useClientOnly(canPasskey);

  async function enter(event: FormEvent) {
    event.preventDefault();
    setBusy("password");
    const answer = await postAuth<{ secondFactor?: boolean }>("/api/auth/sign-in/username", { username, password });
    if (answer.ok && !answer.body.secondFactor) return window.location.assign(to);
    setBusy(null);
    if (answer.ok) return setSecond(true);
    setError(answer.message);
  }

  async function enterByPasskey() {
    setBusy("passkey");
    const answer = await signInWithPasskey();
    if (answer.ok) return window.location.assign(to);
    setBusy(null);
    setError(answer.message);
  }

  async function goToProvider() {
    setBusy("provider");
    const answer = await postAuth<{ url?: string }>("/api/auth/sign-in/social", { callbackURL: to });
    if (answer.ok && answer.body.url) return window.location.assign(answer.body.url);
    setBusy(null);
    setError(answer.ok ? "The provider did not say where to go." : `${provider} cannot be reached: ${answer.message}`);
  }

  if (second) return <SecondFactor to={to} onBack={() => setSecond(false)} />;
  return (
    <form onSubmit={enter} className="flex flex-col gap-4">
      <FormError>{error}</FormError>
      <TextField label="Name" credential="username" value={username} onChange={setUsername} required autoFocus />
      <TextField
        label="Password"
        credential="current-password"
        secret
        value={password}
        onChange={setPassword}
        required
      />
      <Button type="submit" variant="primary" busy={busy === "password"} disabled={busy !== null}>
        Sign in
      </Button>
      {passkeys || provider ? (
        <div className="flex flex-col gap-2 border-t border-line pt-4">
          {passkeys ? (
            <Button icon="key" onClick={enterByPasskey} busy={busy === "passkey"} disabled={busy !== null}>
              Use a passkey
            </Button>
          ) : null}
          {provider ? (
            <Button onClick={goToProvider} busy={busy === "provider"} disabled={busy !== null}>
              Continue with {provider}
            </Button>
          ) : null}
        </div>
      ) : null}
    </form>
  );
}
