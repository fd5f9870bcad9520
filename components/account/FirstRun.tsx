"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/Button";
import { TextField } from "@/components/ui/TextField";
import { FormError } from "./FormError";
import { postAuth } from "./post-auth";

/** The first admin, in one step. Who is not at this machine shows by the token of the log that Unity is theirs. */
export function FirstRun({ needsToken }: { needsToken: boolean }) {
  const [name, setName] = useState("");
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [token, setToken] = useState("");
  const [problem, setProblem] = useState<{ field: string | null; message: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const errorAt = (field: string) => (problem?.field === field ? problem.message : null);

  async function enter(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    const draft = { name: name.trim() || username, username, password, ...(needsToken ? { token } : {}) };
    const answer = await postAuth("/api/first-run", draft);
    if (answer.ok) return window.location.assign("/");
    setBusy(false);
    setProblem(answer);
  }

  return (
    <form onSubmit={enter} className="flex flex-col gap-4">
      <FormError>{problem && problem.field === null ? problem.message : null}</FormError>
      {needsToken ? (
        <TextField
          label="Setup token"
          hint="Unity printed it into its log when it started."
          value={token}
          onChange={setToken}
          error={errorAt("token")}
          required
          autoFocus
        />
      ) : null}
      <TextField
        label="Name to sign in with"
        credential="username"
        value={username}
        onChange={setUsername}
        error={errorAt("username")}
        required
        autoFocus={!needsToken}
      />
      <TextField
        label="Password"
        hint="At least 10 characters. A sentence is easy to remember."
        credential="new-password"
        secret
        value={password}
        onChange={setPassword}
        error={errorAt("password")}
        required
      />
      <TextField
        label="What to call you"
        credential="name"
        value={name}
        onChange={setName}
        error={errorAt("name")}
        placeholder={username}
      />
      <Button type="submit" variant="primary" busy={busy}>
        Begin
      </Button>
    </form>
  );
}
