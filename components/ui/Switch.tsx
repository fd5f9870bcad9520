"use client";

interface Props {
  readonly label: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  /** Why it cannot be turned by the one who looks at it. */
  readonly locked?: string | undefined;
  /** The label is said but not shown: a text beside it says the same. */
  readonly bare?: boolean;
  readonly id?: string;
  onChange(checked: boolean): void;
}

export function Switch({ label, checked, disabled = false, locked, bare = false, id, onChange }: Props) {
  const control = (
    <button
      type="button"
      role="switch"
      id={id}
      aria-checked={checked}
      aria-label={label}
      disabled={disabled || locked !== undefined}
      title={locked}
      onClick={() => onChange(!checked)}
      className="inline-flex h-4.5 w-8 shrink-0 items-center rounded-full bg-line-strong p-0.5 transition-colors disabled:opacity-50 aria-checked:bg-accent"
    >
      <span
        className={`size-3.5 rounded-full bg-white shadow-sm transition-transform dark:bg-ink ${checked ? "translate-x-3.5 dark:bg-on-accent" : ""}`}
      />
    </button>
  );
  if (bare) return control;
  return (
    <span className="inline-flex items-center gap-2">
      {control}
      <span className="text-sm">{label}</span>
    </span>
  );
}
