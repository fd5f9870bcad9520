"use client";

import { copyText, save } from "@/components/charts/copy-chart";
import type { Bundle } from "@/components/data/outputs";
import { formatExact } from "@/components/format";
import { Button } from "@/components/ui/Button";
import { useToast } from "@/components/ui/Toast";

/** What is in it and what had no room, before it goes anywhere. */
export function BundlePreview({ bundle }: { bundle: Bundle }) {
  const toast = useToast();
  const { name, text, tokens, budget, sections } = bundle;
  const copy = async () => {
    const taken = await copyText(text, name, "text/markdown");
    toast({ text: taken === "copied" ? "Copied." : `Saved as ${name}.` });
  };
  const leftOut = sections.reduce((sum, one) => sum + one.leftOut, 0);
  return (
    <section aria-label="The bundle" className="mt-4 flex min-w-0 flex-col gap-3 border-t border-line pt-4">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-2">
        <p role="status" className="num min-w-0 text-sm">
          {formatExact(tokens)} of {formatExact(budget)} tokens
          <span className="text-muted">
            {leftOut === 0 ? ", nothing left out" : `, ${formatExact(leftOut)} lines left out`}
          </span>
        </p>
        <div className="flex gap-2">
          <Button size="small" icon="copy" onClick={() => void copy()}>
            Copy
          </Button>
          <Button size="small" icon="download" onClick={() => save(new Blob([text], { type: "text/markdown" }), name)}>
            Download
          </Button>
        </div>
      </div>
      <ul aria-label="What is in it" className="grid gap-x-6 sm:grid-cols-2">
        {sections.map((section) => (
          <li
            key={section.name}
            className="flex min-w-0 items-baseline justify-between gap-3 border-b border-line py-1"
          >
            <span className="min-w-0 text-xs text-pretty">{section.title}</span>
            <span className="num shrink-0 text-xs text-muted">{countOf(section)}</span>
          </li>
        ))}
      </ul>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys.
        tabIndex={0}
        aria-label="The text"
        className="max-h-96 overflow-auto rounded-lg border border-line-strong bg-raised p-3 dark:bg-bg"
      >
        <pre className="num font-mono text-xs leading-5">
          {text.length > SHOWN ? `${text.slice(0, SHOWN)}\n…` : text}
        </pre>
      </section>
    </section>
  );
}

/** The rest is in the file: half a megabyte in one element makes a page slow. */
const SHOWN = 40_000;

function countOf({ lines, leftOut }: Bundle["sections"][number]): string {
  if (lines === 0 && leftOut === 0) return "nothing";
  return leftOut === 0 ? formatExact(lines) : `${formatExact(lines)} of ${formatExact(lines + leftOut)}`;
}
