"use client";

import { FIELD } from "@/components/ui/field-class";
import { IconButton } from "@/components/ui/IconButton";
import { Icon } from "@/components/ui/icons";

interface Props {
  readonly text: string;
  readonly found: number;
  readonly of: number;
  /** What is looked through. Default "Filter charts". */
  readonly label?: string;
  /** What is counted. Default "charts". */
  readonly noun?: string;
  onChange(text: string): void;
  onClear(): void;
}

/** Narrows what stands below it; says how much is left. */
export function FilterBox({ text, found, of, label = "Filter charts", noun = "charts", onChange, onClear }: Props) {
  return (
    <div className="flex items-center gap-3 pt-3">
      <div className="relative w-full max-w-72">
        <Icon
          name="filter"
          size={14}
          className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-muted"
        />
        <input
          type="text"
          value={text}
          aria-label={label}
          placeholder={label}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={(event) => event.key === "Escape" && onClear()}
          className={`${FIELD} h-8 px-8 pointer-coarse:h-10`}
        />
        {text === "" ? null : (
          <IconButton
            icon="close"
            label="Clear"
            onClick={onClear}
            className="absolute top-1/2 right-0.5 -translate-y-1/2"
          />
        )}
      </div>
      <span role="status" className="num text-xs whitespace-nowrap text-muted">
        {text.trim() === "" ? `${of} ${noun}` : found === 0 ? "Nothing has these words" : `${found} of ${of}`}
      </span>
    </div>
  );
}
