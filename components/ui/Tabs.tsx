import Link from "next/link";

interface TabLink {
  readonly href: string;
  readonly name: string;
  readonly current: boolean;
  readonly count?: number;
}

/** Tabs are places with an address: the back button and a copied link find them again. */
export function Tabs({ label, items }: { label: string; items: readonly TabLink[] }) {
  return (
    <nav aria-label={label} className="-mb-px flex gap-1 overflow-x-auto border-b border-line [scrollbar-width:none]">
      {items.map(({ href, name, current, count }) => (
        <Link
          key={href}
          href={href}
          scroll={false}
          aria-current={current ? "page" : undefined}
          className="-mb-px flex h-9 items-center gap-1.5 border-b-2 border-transparent px-2.5 text-sm whitespace-nowrap text-muted transition-colors outline-offset-[-2px] hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-ink"
        >
          {name}
          {count === undefined ? null : <span className="num rounded bg-raised px-1 text-2xs text-muted">{count}</span>}
        </Link>
      ))}
    </nav>
  );
}
