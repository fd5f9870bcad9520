"use client";

import { copyText } from "@/components/charts/copy-chart";
import { Button } from "@/components/ui/Button";
import { useToast } from "@/components/ui/Toast";

interface Props {
  /** What it is for, for those who hear the button's name. */
  readonly name: string;
  readonly line: string;
}

/** A line for a terminal. */
export function CopyLine({ name, line }: Props) {
  const toast = useToast();
  const copy = async () => {
    const taken = await copyText(`${line}\n`, "unity-command.txt", "text/plain");
    toast({ text: taken === "copied" ? "Copied." : "Saved as unity-command.txt." });
  };
  return (
    <div className="flex items-start gap-2 rounded-lg border border-line-strong bg-raised py-1.5 pr-1.5 pl-3 dark:bg-bg">
      <code className="min-w-0 flex-1 py-1 text-xs leading-5 break-words whitespace-pre-wrap select-all">{line}</code>
      <Button size="small" variant="ghost" icon="copy" aria-label={`Copy ${name}`} onClick={() => void copy()}>
        Copy
      </Button>
    </div>
  );
}
