import type { ReactNode } from "react";
import { StatusShape } from "./StatusShape";

interface Props {
  /** What failed and where. */
  readonly title: string;
  /** The error in words. Collected text: shown as text only. */
  readonly message?: ReactNode;
  /** What to do. */
  readonly hint?: ReactNode;
  readonly action?: ReactNode;
  readonly tone?: "bad" | "warn";
  /** "line" is one row among others, "block" stands in for a whole view. Default "line". */
  readonly layout?: "line" | "block";
}

export function ErrorState({ title, message, hint, action, tone = "bad", layout = "line" }: Props) {
  const block = layout === "block";
  return (
    <div
      role="alert"
      className={
        block
          ? "flex flex-col items-center px-6 py-10 text-center"
          : `flex items-start gap-3 rounded-xl px-4 py-3 ${tone === "bad" ? "bg-bad-soft" : "bg-warn-soft"}`
      }
    >
      <StatusShape tone={tone} label="" className={block ? "mb-3" : "mt-1"} size={block ? 18 : 12} />
      <div className={`min-w-0 flex-1 ${block ? "max-w-lg" : ""}`}>
        <p className="text-sm font-semibold break-words">{title}</p>
        {message ? <p className="mt-0.5 text-sm break-words whitespace-pre-line">{message}</p> : null}
        {hint ? <p className={`mt-0.5 text-sm ${block ? "text-muted" : "opacity-80"}`}>{hint}</p> : null}
      </div>
      {action ? <div className={block ? "mt-4" : "shrink-0"}>{action}</div> : null}
    </div>
  );
}
