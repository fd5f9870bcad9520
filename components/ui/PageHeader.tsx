import Link from "next/link";
import type { ReactNode } from "react";
import { Icon } from "./icons";

interface Props {
  readonly title: string;
  /** Where it belongs, as a link before the title. */
  readonly parent?: { readonly href: string; readonly name: string };
  /** A state before the title. */
  readonly status?: ReactNode;
  /** Short facts after or under the title: host, version, tags. */
  readonly facts?: ReactNode;
  readonly actions?: ReactNode;
}

export function PageHeader({ title, parent, status, facts, actions }: Props) {
  return (
    <header className="flex min-h-8 flex-wrap items-center justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        {parent ? (
          <Link
            href={parent.href}
            className="mb-0.5 -ml-1 inline-flex items-center gap-0.5 rounded px-1 text-xs text-muted transition-colors hover:text-ink"
          >
            <Icon name="left" size={13} />
            {parent.name}
          </Link>
        ) : null}
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
          {status}
          <h1 className="min-w-0 truncate text-xl font-semibold tracking-tight">{title}</h1>
          {facts ? (
            <div className="num flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">{facts}</div>
          ) : null}
        </div>
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </header>
  );
}
