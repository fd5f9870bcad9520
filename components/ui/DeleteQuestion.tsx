import type { ComponentProps } from "react";
import { Question } from "./Question";

interface Props
  extends Pick<ComponentProps<typeof Question>, "description" | "open" | "onOpenChange" | "busy" | "error"> {
  readonly name: string;
  onDelete(): void;
}

/** Asks before something is gone for good: what goes with it, and what to do to keep it. */
export function DeleteQuestion({ name, onDelete, ...rest }: Props) {
  return (
    <Question
      title={`Delete ${name}?`}
      action="Delete"
      icon="remove"
      failed="It could not be deleted"
      onAction={onDelete}
      {...rest}
    />
  );
}
