"use client";

import type { FormEvent, RefObject } from "react";
import type { CatalogueEntry } from "../data/outputs";
import { FIELD } from "../ui/field-class";
import { Icon } from "../ui/icons";
import { Segmented } from "../ui/Segmented";
import { isSo, type PluginFilters } from "./filter-plugins";

interface Props {
  readonly entries: readonly CatalogueEntry[];
  readonly text: string;
  readonly filters: PluginFilters;
  readonly input: RefObject<HTMLInputElement | null>;
  onText(text: string): void;
  onFilters(change: Partial<PluginFilters>): void;
  /** Enter. */
  onOpenFirst(): void;
}

const KINDS = [
  { value: "", name: "All kinds" },
  { value: "host", name: "This machine" },
  { value: "network", name: "Network" },
] as const;

/** Search first; then what it reads, and what is in use. */
export function CatalogueBar({ entries, text, filters, input, onText, onFilters, onOpenFirst }: Props) {
  const count = (use: "used" | "unused" | "wrong") => entries.filter((entry) => isSo(entry, use)).length;
  const wrong = count("wrong");
  const uses = [
    { value: "", name: "All" },
    { value: "used", name: `In use ${count("used")}` },
    { value: "unused", name: `Not yet ${count("unused")}` },
    ...(wrong > 0 || filters.use === "wrong" ? [{ value: "wrong", name: `Not well ${wrong}` } as const] : []),
  ] as const;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onOpenFirst();
  };
  return (
    <search className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <form onSubmit={submit} className="relative min-w-0 flex-[1_1_20rem] sm:max-w-xl">
        <Icon
          name="search"
          size={16}
          className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-muted"
        />
        <input
          ref={input}
          name="q"
          type="search"
          value={text}
          aria-label="Search plugins"
          placeholder={`Search ${entries.length} plugins`}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onText(event.target.value)}
          onKeyDown={(event) => event.key === "Escape" && (text === "" ? input.current?.blur() : onText(""))}
          className={`${FIELD} h-10 pl-9 [&::-webkit-search-cancel-button]:appearance-none`}
        />
      </form>
      <div className="-mx-3 flex min-w-0 gap-2 overflow-x-auto px-3 py-0.5 [scrollbar-width:none] max-sm:basis-[calc(100%+24px)] sm:mx-0 sm:flex-wrap sm:px-0">
        <Segmented label="In use" value={filters.use} options={uses} onChange={(use) => onFilters({ use })} />
        <Segmented label="Reads" value={filters.kind} options={KINDS} onChange={(kind) => onFilters({ kind })} />
      </div>
    </search>
  );
}
