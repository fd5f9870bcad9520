"use client";

import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { Switch } from "@/components/ui/Switch";
import { TextArea } from "@/components/ui/TextArea";

interface Props {
  /** What the alert says. */
  readonly name: string;
  readonly acknowledged: boolean;
  onClose(): void;
  onNote(note: string, acknowledge: boolean): void;
}

const LONGEST = 2_000;

/** A few words for whoever looks next; with them it is mostly acknowledged as well. */
export function NoteDialog({ name, acknowledged, onClose, onNote }: Props) {
  const [note, setNote] = useState("");
  const [acknowledge, setAcknowledge] = useState(!acknowledged);
  const form = useId();
  const words = note.trim().slice(0, LONGEST);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (words === "") return;
    onNote(words, acknowledge);
    onClose();
  };
  return (
    <Dialog
      open
      title="Note"
      description={<bdi>{name}</bdi>}
      onOpenChange={(open) => open || onClose()}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={form} disabled={words === ""}>
            Save
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={send} className="flex flex-col gap-4 pt-1">
        <TextArea
          label="For whoever looks next"
          hasDefault
          rows={4}
          value={note}
          placeholder="The disk is ordered; until then nothing more is written there."
          onChange={setNote}
        />
        {acknowledged ? null : (
          <Switch label="Acknowledge it as well" checked={acknowledge} onChange={setAcknowledge} />
        )}
      </form>
    </Dialog>
  );
}
