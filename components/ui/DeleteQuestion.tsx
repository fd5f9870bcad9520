import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { ErrorState } from "./ErrorState";

interface Props {
  readonly name: string;
  /** What goes with it, and what to do to keep it. */
  readonly description: string;
  readonly open: boolean;
  onOpenChange(open: boolean): void;
  onDelete(): void;
  readonly busy: boolean;
  readonly error: { readonly message: string } | null;
}

/** Asks before something is gone for good. */
export function DeleteQuestion({ name, description, open, onOpenChange, onDelete, busy, error }: Props) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      width="small"
      title={`Delete ${name}?`}
      description={description}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button variant="danger" icon="remove" busy={busy} onClick={onDelete}>
            Delete
          </Button>
        </>
      }
    >
      {error ? <ErrorState title="It could not be deleted" message={error.message} /> : null}
    </Dialog>
  );
}
