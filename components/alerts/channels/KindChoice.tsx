import Link from "next/link";
import type { ChannelKind } from "@/components/data/outputs";

/** The kinds of channels to choose from. */
export function KindChoice({ kinds }: { kinds: readonly ChannelKind[] }) {
  return (
    <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
      {kinds.map(({ kind, title, help }) => (
        <li
          key={kind}
          data-row
          className="relative rounded-xl border border-line bg-surface p-4 shadow-card transition-colors hover:border-line-strong hover:bg-hover"
        >
          <Link
            href={`/alerts/channels/new?kind=${encodeURIComponent(kind)}`}
            className="row-link text-sm font-semibold"
          >
            {title}
          </Link>
          <p className="mt-0.5 line-clamp-3 text-xs text-pretty text-muted">{help}</p>
        </li>
      ))}
    </ul>
  );
}
