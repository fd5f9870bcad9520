"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { FormError } from "@/components/account/FormError";
import { refusalOf } from "@/components/catalogue/refusal";
import type { PersonView } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { SwitchField } from "@/components/form/SwitchField";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { TextField } from "@/components/ui/TextField";
import { useToast } from "@/components/ui/Toast";
import { NewPassword } from "./NewPassword";
import { changesRights, formOf, NEW_PERSON, type PersonForm, problemOf, rightsOf } from "./person-form";
import { RoleChoice } from "./RoleChoice";
import { TagChoice } from "./TagChoice";
import { usePeopleRefresh } from "./use-person-deeds";

interface Props {
  /** The one to change; null: a new one comes in. */
  readonly person: PersonView | null;
  /** It is the one who looks at it. */
  readonly isMe?: boolean;
  onClose(): void;
}

const FIELDS = ["name", "username", "password", "role", "tags"];

/** Who may come in, and what that one may do. */
export function PersonDialog({ person, isMe = false, onClose }: Props) {
  const id = useId();
  const [form, setForm] = useState<PersonForm>(() => (person ? formOf(person) : NEW_PERSON));
  const { save, saving, problem, say } = useSave(person, onClose);
  const change = (part: Partial<PersonForm>) => setForm((old) => ({ ...old, ...part }));
  // A list's rows are fields of their own: "tags.0" is of the tags.
  const at = (field: string) => (problem?.field?.split(".")[0] === field ? problem.message : null);
  const isElsewhere = problem !== null && !FIELDS.includes(problem.field?.split(".")[0] ?? "");
  function submit(event: FormEvent) {
    event.preventDefault();
    const missing = problemOf(form);
    if (missing) say(missing);
    else save(form);
  }
  return (
    <Dialog
      open
      title={person ? `Change ${person.name}` : "Add a person"}
      onOpenChange={(open) => open || onClose()}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={id} variant="primary" busy={saving}>
            {person ? "Save" : "Add"}
          </Button>
        </>
      }
    >
      <form id={id} noValidate onSubmit={submit} className="flex flex-col gap-5 pt-1">
        <FormError>{isElsewhere ? problem.message : null}</FormError>
        <div className={`grid gap-4 ${person ? "" : "sm:grid-cols-2"}`}>
          {person ? null : (
            <TextField
              label="Name to sign in with"
              required
              autoFocus
              error={at("username")}
              value={form.username}
              onChange={(username) => change({ username })}
            />
          )}
          <TextField
            label="What to call them"
            required={person !== null}
            autoFocus={person !== null}
            placeholder={form.username}
            error={at("name")}
            value={form.name}
            onChange={(name) => change({ name })}
          />
        </div>
        {person ? null : (
          <NewPassword value={form.password} error={at("password")} onChange={(password) => change({ password })} />
        )}
        <RoleChoice value={form.role} error={at("role")} onChange={(role) => change({ role })} />
        {form.role === "viewer" ? (
          <div className="flex flex-col gap-3">
            <SwitchField
              label="Only what has certain tags"
              hint={
                form.limited ? "Instances with one of these, and their alerts." : "Off: everything that Unity watches."
              }
              checked={form.limited}
              onChange={(limited) => change({ limited })}
            />
            {form.limited ? (
              <TagChoice value={form.tags} error={at("tags")} onChange={(tags) => change({ tags })} />
            ) : null}
          </div>
        ) : null}
        {person && changesRights(form, person) ? (
          <p role="status" className="text-xs text-pretty text-muted">
            {isMe ? "You are signed out, and sign in again." : "Their sessions end: they sign in again."}
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}

interface Problem {
  readonly field: string | null;
  readonly message: string;
}

function useSave(person: PersonView | null, onClose: () => void) {
  const trpc = useTRPC();
  const toast = useToast();
  const refresh = usePeopleRefresh();
  const [problem, say] = useState<Problem | null>(null);
  const told = {
    onError: (error: unknown) => say(refusalOf(error)),
    onSuccess: async ({ name }: PersonView) => {
      toast({ text: person ? `${name} is saved.` : `${name} can sign in now.` });
      onClose();
      await refresh();
    },
  };
  const create = useMutation(trpc.people.create.mutationOptions(told));
  const update = useMutation(trpc.people.update.mutationOptions(told));
  return {
    problem,
    say,
    saving: create.isPending || update.isPending,
    save(form: PersonForm) {
      say(null);
      const rights = rightsOf(form);
      if (person) update.mutate({ id: person.id, person: { ...rights, disabled: person.disabled } });
      else create.mutate({ ...rights, username: form.username.trim(), password: form.password });
    },
  };
}
