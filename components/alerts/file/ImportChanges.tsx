import type { ReactNode } from "react";
import type { ImportReport } from "@/components/data/outputs";
import { formatExact } from "@/components/format";
import { Notes } from "@/components/ui/Notes";
import { fieldWords, KIND_WORD } from "./import-words";

type Line = ImportReport["added"][number];

/** What a file would change. Names come from the file, and are only text. */
export function ImportChanges({ report, removeMissing }: { report: ImportReport; removeMissing: boolean }) {
  const { added, changed, missing, unchanged, notes } = report;
  return (
    <section aria-label="What it changes" aria-live="polite" className="flex min-w-0 flex-col gap-4">
      <Notes notes={notes} />
      <Group title="Added" lines={added} />
      <Group title="Changed" lines={changed} aside={(line) => fieldWords("fields" in line ? line.fields : [])} />
      <Group title={removeMissing ? "Removed" : "Not in the file, stays"} lines={missing} />
      <p className="num text-sm text-muted">
        {added.length + changed.length + missing.length === 0 ? "Nothing changes. " : null}
        {unchanged === 1 ? "1 is as it is in the file." : `${formatExact(unchanged)} are as they are in the file.`}
      </p>
    </section>
  );
}

interface GroupProps<T extends Line> {
  readonly title: string;
  readonly lines: readonly T[];
  aside?(line: T): ReactNode;
}

function Group<T extends Line>({ title, lines, aside }: GroupProps<T>) {
  if (lines.length === 0) return null;
  return (
    <div className="min-w-0">
      <h3 className="num mb-1 text-xs font-medium text-muted">
        {title} ({formatExact(lines.length)})
      </h3>
      <ul className="rounded-lg border border-line">
        {lines.map((line) => (
          <li
            key={`${line.kind} ${line.id}`}
            className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5 border-b border-line px-3 py-1.5 last:border-b-0"
          >
            <span className="w-14 shrink-0 text-xs text-muted">{KIND_WORD[line.kind]}</span>
            <bdi className="min-w-0 text-sm break-words">{line.name}</bdi>
            {aside ? <span className="ms-auto text-xs text-muted">{aside(line)}</span> : null}
          </li>
        ))}
      </ul>
    </div>
  );
}
