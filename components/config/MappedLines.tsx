import type { ImportedFrom } from "@/components/data/outputs";
import { formatExact } from "@/components/format";
import { StatusShape } from "@/components/ui/StatusShape";

type Line = ImportedFrom["lines"][number];

/** What becomes of each thing of another program; what is not mapped stands first. Names are the file's, and only text. */
export function MappedLines({ lines }: { lines: readonly Line[] }) {
  const lost = lines.filter(({ became }) => became.length === 0);
  const part = lines.filter(({ became, left }) => became.length > 0 && left.length > 0);
  const whole = lines.filter(({ became, left }) => became.length > 0 && left.length === 0);
  return (
    <section aria-label="What becomes of it" className="flex min-w-0 flex-col gap-4">
      <Group title="Not mapped" tone="warn" lines={lost} />
      <Group title="Mapped, but for this" tone="unknown" lines={part} />
      <Group title="Mapped" tone="ok" lines={whole} />
    </section>
  );
}

function Group({ title, tone, lines }: { title: string; tone: "warn" | "unknown" | "ok"; lines: readonly Line[] }) {
  if (lines.length === 0) return null;
  return (
    <div className="min-w-0">
      <h3 className="num mb-1 text-xs font-medium text-muted">
        {title} ({formatExact(lines.length)})
      </h3>
      <ul className="max-h-96 overflow-y-auto rounded-lg border border-line">
        {lines.map(({ what, name, became, left }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two may have the same name, and none of them moves.
          <li key={index} className="flex items-start gap-2.5 border-b border-line px-3 py-2 last:border-b-0">
            <StatusShape tone={tone} label="" size={10} className="mt-1.5 shrink-0" />
            <div className="min-w-0 text-sm">
              <p className="flex flex-wrap items-baseline gap-x-2">
                <bdi className="min-w-0 break-words">{name || "Without a name"}</bdi>
                <span className="text-xs text-muted">{what}</span>
              </p>
              {became.map((one) => (
                <p key={one} className="text-xs break-words">
                  <bdi>{one}</bdi>
                </p>
              ))}
              {left.map((one) => (
                <p key={one} className="text-xs text-pretty break-words text-muted">
                  <bdi>{one}</bdi>
                </p>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
