"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { refusalOf } from "@/components/catalogue/refusal";
import type { PersonView } from "@/components/data/outputs";
import { useTRPC } from "@/components/data/trpc";
import { SettingRow } from "@/components/settings/SettingRow";
import { SettingSection } from "@/components/settings/SettingSection";
import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { Card } from "@/components/ui/Card";
import { Dialog } from "@/components/ui/Dialog";
import { TextField } from "@/components/ui/TextField";
import { useToast } from "@/components/ui/Toast";
import { FormError } from "./FormError";
import { ROLE_WORDS } from "./role-words";
import { useMe } from "./use-me";
import { useSignOut } from "./use-sign-out";

/** Who one is here. */
export function Profile({ profile }: { profile: PersonView }) {
  const { name, username, email, role, tags } = profile;
  const { me } = useMe();
  const signOut = useSignOut();
  const [renaming, setRenaming] = useState(false);
  return (
    <SettingSection
      title="You"
      aside={
        // Whom a proxy names is back with the next request.
        me?.via === "proxy" ? null : (
          <Button size="small" variant="ghost" onClick={() => void signOut()}>
            Sign out
          </Button>
        )
      }
    >
      <Card padding="none">
        <SettingRow name="Name" hint="What others read beside what you did.">
          <span className="flex flex-wrap items-center justify-end gap-3">
            <bdi className="break-words">{name}</bdi>
            <Button size="small" onClick={() => setRenaming(true)}>
              Change<span className="sr-only"> your name</span>
            </Button>
          </span>
        </SettingRow>
        {username === null ? null : (
          <SettingRow name="Signs in as">
            <bdi className="break-all">{username}</bdi>
          </SettingRow>
        )}
        {email === null ? null : (
          <SettingRow name="Address">
            <bdi className="break-all">{email}</bdi>
          </SettingRow>
        )}
        <SettingRow beside name="Role" hint={ROLE_WORDS[role].may}>
          {ROLE_WORDS[role].name}
        </SettingRow>
        {tags === null ? null : (
          <SettingRow name="Sees" hint="Instances with one of these tags.">
            <span className="flex flex-wrap justify-end gap-1">
              {tags.map((tag) => (
                <Badge key={tag}>
                  <bdi>{tag}</bdi>
                </Badge>
              ))}
              {tags.length === 0 ? <span className="text-muted">Nothing</span> : null}
            </span>
          </SettingRow>
        )}
      </Card>
      {renaming ? <Rename name={name} onClose={() => setRenaming(false)} /> : null}
    </SettingSection>
  );
}

function Rename({ name: before, onClose }: { name: string; onClose(): void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const form = useId();
  const [name, setName] = useState(before);
  const rename = useMutation(
    trpc.account.rename.mutationOptions({
      onSuccess: async (profile) => {
        queryClient.setQueryData(trpc.account.profile.queryKey(), profile);
        queryClient.setQueryData(trpc.account.me.queryKey(), (old) => old && { ...old, name: profile.name });
        await queryClient.invalidateQueries(trpc.people.pathFilter());
        toast({ text: `You are called ${profile.name} now.` });
        onClose();
      },
    }),
  );
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== "") rename.mutate({ name: name.trim() });
  };
  return (
    <Dialog
      open
      width="small"
      title="What to call you"
      onOpenChange={(open) => open || onClose()}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" busy={rename.isPending} disabled={name.trim() === ""}>
            Save
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={send} className="flex flex-col gap-4 pt-1">
        <FormError>{rename.error ? refusalOf(rename.error).message : null}</FormError>
        <TextField
          label="Name"
          credential="name"
          hint="What others read beside what you did: in notes, acknowledgements and the log."
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
