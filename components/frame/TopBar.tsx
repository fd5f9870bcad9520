"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { AccountLink } from "@/components/account/AccountLink";
import { IconButton } from "@/components/ui/IconButton";
import { Icon } from "@/components/ui/icons";
import { Kbd } from "@/components/ui/Kbd";
import { ConnectionState } from "./ConnectionState";
import { Mark } from "./Mark";
import { ThemeButton } from "./ThemeButton";

interface Props {
  onSearch(): void;
  /** Search is likely to be wanted soon. */
  onPrepareSearch(): void;
  onKeys(): void;
  /** What the page adds: its time range. */
  readonly children?: ReactNode;
}

export function TopBar({ onSearch, onPrepareSearch, onKeys, children }: Props) {
  return (
    <header className="sticky top-0 z-20 flex h-(--bar) items-center gap-2 border-b border-line bg-bg px-3 sm:px-4 lg:px-6">
      <Link href="/" aria-label="Unity, overview" className="rounded-lg max-[359px]:hidden sm:hidden">
        <Mark />
      </Link>
      <button
        type="button"
        onClick={onSearch}
        onPointerEnter={onPrepareSearch}
        onFocus={onPrepareSearch}
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K /"
        className="flex h-8 min-w-9 items-center gap-2 rounded-lg border border-line bg-surface px-2.5 text-sm text-muted transition-colors hover:border-line-strong hover:text-ink md:w-72"
      >
        <Icon name="search" size={15} />
        <span className="max-md:sr-only">Search or run a command</span>
        <span className="ms-auto hidden items-center gap-1 md:flex" aria-hidden="true">
          <Kbd>Ctrl</Kbd>
          <Kbd>K</Kbd>
        </span>
      </button>
      <div className="ms-auto flex min-w-0 items-center gap-1 sm:gap-2">
        {children}
        <ConnectionState />
        <IconButton
          icon="keyboard"
          label="Keys ( ? )"
          onClick={onKeys}
          className="max-sm:hidden pointer-coarse:hidden"
        />
        <ThemeButton />
        <AccountLink />
      </div>
    </header>
  );
}
