"use client";

import type { Ref } from "react";
import { Icon } from "@/components/ui/icons";
import { Kbd } from "@/components/ui/Kbd";
import { StatusShape } from "@/components/ui/StatusShape";
import type { Found } from "./commands";

interface Props {
  readonly ref: Ref<HTMLDivElement>;
  readonly id: string;
  readonly found: readonly Found[];
  readonly active: number;
  readonly query: string;
  onPoint(index: number): void;
  onRun(index: number): void;
}

/** What was found, by group. The focus stays in the field; it names the active option. */
export function PaletteList({ ref, id, found, active, query, onPoint, onRun }: Props) {
  const numbered = found.map((command, index) => ({ command, index }));
  const groups = [...new Set(found.map(({ group }) => group))];
  return (
    <div ref={ref} id={id} role="listbox" aria-label="Found" className="min-h-0 flex-1 overflow-y-auto p-1.5">
      {groups.map((group) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options inside a listbox has no element of its own.
        <div key={group} role="group" aria-label={group} className="pb-1">
          <div aria-hidden="true" className="px-2.5 pt-2 pb-1 text-2xs font-medium text-muted">
            {group}
          </div>
          {numbered
            .filter(({ command }) => command.group === group)
            .map(({ command, index }) => (
              <Option
                key={command.id}
                id={`${id}-${index}`}
                command={command}
                index={index}
                active={index === active}
                onPoint={onPoint}
                onRun={onRun}
              />
            ))}
        </div>
      ))}
      {found.length === 0 ? (
        <p role="status" className="px-4 py-10 text-center text-sm break-words text-muted">
          Nothing matches “{query.trim()}”.
        </p>
      ) : null}
    </div>
  );
}

interface OptionProps extends Pick<Props, "onPoint" | "onRun"> {
  readonly id: string;
  readonly command: Found;
  readonly index: number;
  readonly active: boolean;
}

function Option({ id, command, index, active, onPoint, onRun }: OptionProps) {
  const { title, detail, icon, tone, keys, marks } = command;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are pressed in the field, which keeps the focus.
    // biome-ignore lint/a11y/useFocusableInteractive: the field names the active option; none takes the focus.
    <div
      id={id}
      role="option"
      aria-selected={active}
      data-index={index}
      onPointerMove={() => onPoint(index)}
      onClick={() => onRun(index)}
      className="flex h-9 items-center gap-2.5 rounded-lg px-2.5 text-sm select-none aria-selected:bg-hover pointer-coarse:h-11 dark:aria-selected:bg-line-strong/60"
    >
      <span className="flex w-4 shrink-0 justify-center text-muted">
        {tone ? <StatusShape tone={tone} size={11} /> : <Icon name={icon} />}
      </span>
      <span className="max-w-full shrink-0 truncate">
        <Marked text={title} marks={marks} />
      </span>
      <span className="min-w-0 flex-1 truncate text-xs text-muted">{detail}</span>
      {keys ? (
        <span className="flex shrink-0 gap-1 max-sm:hidden" aria-hidden="true">
          {keys.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
        </span>
      ) : null}
    </div>
  );
}

function Marked({ text, marks }: { text: string; marks: readonly number[] }) {
  if (marks.length === 0) return text;
  const marked = new Set(marks);
  return Array.from({ length: text.length }, (_, index) =>
    marked.has(index) ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a letter is its place in the text.
      <span key={index} className="font-semibold text-accent">
        {text.charAt(index)}
      </span>
    ) : (
      text.charAt(index)
    ),
  );
}
