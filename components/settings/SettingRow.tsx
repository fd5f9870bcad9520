import type { ReactNode } from "react";

interface Props {
  readonly name: string;
  readonly hint?: ReactNode;
  /** What is set stays on the right: the hint breaks instead. For buttons and single words. */
  readonly beside?: boolean;
  readonly children: ReactNode;
}

/** A name, what it means, and what is set or known. */
export function SettingRow({ name, hint, beside = false, children }: Props) {
  return (
    <div
      className={`flex min-h-11 items-center ${beside ? "" : "flex-wrap"} justify-between gap-x-6 gap-y-1.5 border-b border-line px-4 py-2 last:border-b-0`}
    >
      <div className="min-w-0">
        <p className="text-sm font-medium">{name}</p>
        {hint ? <p className="text-xs text-pretty text-muted">{hint}</p> : null}
      </div>
      <div className={`num min-w-0 text-sm break-words ${beside ? "shrink-0" : ""}`}>{children}</div>
    </div>
  );
}
