"use client";

import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";

interface Props {
  readonly leaving: (() => void) | null;
  stay(): void;
}

export function LeaveDialog({ leaving, stay }: Props) {
  return (
    <Dialog
      open={leaving !== null}
      onOpenChange={(open) => (open ? undefined : stay())}
      width="small"
      title="Leave without saving?"
      description="What you changed here would be lost."
      footer={
        <>
          <Button variant="danger" onClick={() => leaving?.()}>
            Leave
          </Button>
          <Button variant="primary" onClick={stay}>
            Stay
          </Button>
        </>
      }
    />
  );
}
