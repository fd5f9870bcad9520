import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { ErrorState } from "./ErrorState";
import type { IconName } from "./icons";

interface Props {
  readonly title: string;
  /** What comes of it, and what to do instead. */
  readonly description: string;
  /** On the button. */
  readonly action: string;
  readonly icon?: IconName;
  readonly open: boolean;
  onOpenChange(open: boolean): void;
  onAction(): void;
  readonly busy: boolean;
  readonly error: { readonly message: string } | null;
  /** Before what the error says. */
  readonly failed: string;
}

/** Asks before something that is not taken back by a click. */
export function Question(props: Props) {
  const { title, description, action, icon, open, onOpenChange, onAction, busy, error, failed } = props;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      width="small"
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button variant="danger" icon={icon} busy={busy} onClick={onAction}>
            {action}
          </Button>
        </>
      }
    >
      {error ? <ErrorState title={failed} message={error.message} /> : null}
    </Dialog>
  );
}
