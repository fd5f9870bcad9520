"use client";

import type { Found } from "../data/outputs";
import { Button } from "../ui/Button";
import { Icon } from "../ui/icons";

interface Props {
  readonly ignored: Found["ignored"];
  onTakeBack(key: string): void;
}

/** What shall not be proposed, folded away; each can be taken back. */
export function IgnoredServices({ ignored, onTakeBack }: Props) {
  return (
    <details className="group/ignored min-w-0 basis-full sm:basis-auto">
      <summary className="num inline-flex list-none items-center gap-1 rounded text-xs font-medium text-muted hover:text-ink pointer-coarse:min-h-9 [&::-webkit-details-marker]:hidden">
        <Icon name="right" size={12} className="transition-transform group-open/ignored:rotate-90" />
        {ignored.length} ignored
      </summary>
      <ul className="mt-2 flex max-w-xl flex-col rounded-xl border border-line bg-surface">
        {ignored.map(({ key, pluginName, target }) => (
          <li key={key} className="flex items-center gap-3 border-b border-line px-3 py-1.5 text-sm last:border-b-0">
            <span className="shrink-0 font-medium">{pluginName}</span>
            <bdi className="num min-w-0 flex-1 truncate text-xs text-muted" title={target}>
              {target}
            </bdi>
            <Button size="small" variant="ghost" onClick={() => onTakeBack(key)}>
              <span>
                Take back
                <span className="sr-only">
                  {" "}
                  {pluginName} at {target}
                </span>
              </span>
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}
