"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { FormError } from "@/components/account/FormError";
import { refusalOf } from "@/components/catalogue/refusal";
import type { MadeToken } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { SwitchField } from "@/components/form/SwitchField";
import { TagChoice } from "@/components/people/TagChoice";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { TextField } from "@/components/ui/TextField";
import { LifetimeChoice } from "./LifetimeChoice";
import { ScopeChoice } from "./ScopeChoice";
import { ShownOnce } from "./ShownOnce";
import { isFutile, NEW_TOKEN, problemOf, type TokenForm, tokenInput } from "./token-form";

/** Makes a token, and shows it this one time. */
export function TokenDialog({ onClose }: { onClose(): void }) {
  const [made, setMade] = useState<MadeToken | null>(null);
  return made ? <ShownOnce token={made} onClose={onClose} /> : <NewToken onMade={setMade} onClose={onClose} />;
}

interface Problem {
  readonly field: string | null;
  readonly message: string;
}
const FIELDS = ["name", "scopes", "tags"];
/** A list's rows are fields of their own: "tags.0" is of the tags. */
const fieldOf = (problem: Problem | null) => problem?.field?.split(".")[0] ?? "";

function NewToken({ onMade, onClose }: { onMade(token: MadeToken): void; onClose(): void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const id = useId();
  const [form, setForm] = useState<TokenForm>(NEW_TOKEN);
  const [problem, say] = useState<Problem | null>(null);
  const create = useMutation(
    trpc.tokens.create.mutationOptions({
      onError: (error) => say(refusalOf(error)),
      onSuccess(token) {
        onMade(token);
        void queryClient.invalidateQueries(trpc.tokens.pathFilter());
      },
      // Its answer is the token: nothing keeps it beside the dialog that shows it.
      gcTime: 0,
    }),
  );
  const change = (part: Partial<TokenForm>) => setForm((old) => ({ ...old, ...part }));
  const at = (field: string) => (problem && fieldOf(problem) === field ? problem.message : null);
  function submit(event: FormEvent) {
    event.preventDefault();
    const missing = problemOf(form);
    say(missing);
    if (!missing) create.mutate(tokenInput(form));
  }
  return (
    <Dialog
      open
      title="New token"
      description="It may never do or see more than you."
      onOpenChange={(open) => open || onClose()}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={id} variant="primary" busy={create.isPending}>
            Make it
          </Button>
        </>
      }
    >
      <form id={id} noValidate onSubmit={submit} className="flex flex-col gap-5 pt-1">
        <FormError>{problem && !FIELDS.includes(fieldOf(problem)) ? problem.message : null}</FormError>
        <TextField
          label="Name"
          hint="By which you know what uses it."
          placeholder="Backup script"
          required
          autoFocus
          maxLength={100}
          error={at("name")}
          value={form.name}
          onChange={(name) => change({ name })}
        />
        <ScopeChoice value={form.scopes} error={at("scopes")} onChange={(scopes) => change({ scopes })} />
        <LifetimeChoice value={form.lifetime} onChange={(lifetime) => change({ lifetime })} />
        <div className="flex flex-col gap-3">
          <SwitchField
            label="Only what has certain tags"
            hint={form.limited ? "Instances with one of these, and their alerts." : "Off: everything that you see."}
            checked={form.limited}
            onChange={(limited) => change({ limited })}
          />
          {form.limited ? (
            <TagChoice value={form.tags} error={at("tags")} onChange={(tags) => change({ tags })} />
          ) : null}
          {isFutile(form) ? (
            <p role="status" className="text-xs text-pretty text-warn">
              Rules and settings are about everything: limited to tags, it can only read and respond.
            </p>
          ) : null}
        </div>
      </form>
    </Dialog>
  );
}
