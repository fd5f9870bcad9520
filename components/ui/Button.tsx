import type { ComponentProps } from "react";
import { type ButtonLook, buttonClass } from "./button-class";
import { Icon, type IconName } from "./icons";

interface Props extends ComponentProps<"button">, ButtonLook {
  readonly icon?: IconName;
  /** Works on it: the button waits and says so. */
  readonly busy?: boolean;
}

export function Button({ variant, size, icon, busy = false, className = "", children, disabled, ...rest }: Props) {
  return (
    <button
      type="button"
      className={`${buttonClass({ variant, size })} ${className}`}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {busy ? <BusyMark /> : icon ? <Icon name={icon} size={15} /> : null}
      {children}
    </button>
  );
}

function BusyMark() {
  return (
    <svg viewBox="0 0 16 16" width={14} height={14} className="animate-spin" aria-hidden="true">
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="2" strokeOpacity=".25" />
      <path d="M8 2a6 6 0 0 1 6 6" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
    </svg>
  );
}
