"use client";

import { useState } from "react";
import type { InstanceDetail } from "../data/outputs";
import { DeleteDialog } from "../instance/DeleteDialog";
import { Button } from "../ui/Button";

export function DeleteInstance({ instance }: { instance: InstanceDetail }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="danger" icon="remove" onClick={() => setOpen(true)}>
        Delete
      </Button>
      <DeleteDialog head={instance} open={open} onOpenChange={setOpen} />
    </>
  );
}
