"use client";

import type { CategoryGroup } from "./search-plugins";

interface Props {
  readonly groups: readonly CategoryGroup[];
  /** "" is all. */
  readonly chosen: string;
  onChoose(category: string): void;
}

export function CategoryChips({ groups, chosen, onChoose }: Props) {
  const total = groups.reduce((sum, { entries }) => sum + entries.length, 0);
  const chips = [
    { category: "", name: "All", count: total },
    ...groups.map(({ category, name, entries }) => ({ category, name, count: entries.length })),
  ];
  return (
    <fieldset className="-mx-3 flex min-w-0 gap-1.5 overflow-x-auto px-3 py-0.5 [scrollbar-width:none] sm:mx-0 sm:flex-wrap sm:px-0">
      <legend className="sr-only">Category</legend>
      {chips.map(({ category, name, count }) => (
        <button
          key={category}
          type="button"
          aria-pressed={category === chosen}
          onClick={() => onChoose(category === chosen ? "" : category)}
          className="flex h-7 shrink-0 items-center gap-1.5 rounded-full border border-line px-2.5 text-xs font-medium text-muted transition-colors hover:border-line-strong hover:text-ink aria-pressed:border-accent/40 aria-pressed:bg-accent-soft aria-pressed:text-accent pointer-coarse:h-9"
        >
          {name}
          <span className="num text-2xs">{count}</span>
        </button>
      ))}
    </fieldset>
  );
}
