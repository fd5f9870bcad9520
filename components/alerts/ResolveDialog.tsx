"use client";

import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";

interface Props {
  /** What the alert says. */
  readonly name: string;
  onClose(): void;
  onResolve(): void;
}

/** Asks first: an alert that was resolved by hand cannot be had back. */
export function ResolveDialog({ name, onClose, onResolve }: Props) {
  return (
    <Dialog
      open
      width="small"
      title="Resolve it?"
      description={<bdi>{name}</bdi>}
      onOpenChange={(open) => open || onClose()}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="danger"
            onClick={() => {
              onResolve();
              onClose();
            }}
          >
            Resolve
          </Button>
        </>
      }
    >
      <p className="text-sm text-pretty">
        It ends now, though its condition may still hold. It fires again only after that was over.
      </p>
    </Dialog>
  );
}
