import type { ComponentProps } from "react";
import { Icon, type IconName } from "./icons";

interface Props extends ComponentProps<"button"> {
  readonly icon: IconName;
  /** What it does; also its tooltip. */
  readonly label: string;
  /** For a button that stays pressed. */
  readonly pressed?: boolean;
}

export function IconButton({ icon, label, pressed, className = "", ...rest }: Props) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      className={`inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted transition-colors select-none hover:bg-raised hover:text-ink disabled:cursor-default disabled:opacity-40 aria-pressed:bg-accent-soft aria-pressed:text-accent data-[state=open]:bg-raised data-[state=open]:text-ink pointer-coarse:size-9 ${className}`}
      {...rest}
    >
      <Icon name={icon} size={16} />
    </button>
  );
}
