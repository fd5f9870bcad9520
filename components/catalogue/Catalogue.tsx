"use client";

import { useRouter, useSearchParams } from "next/navigation";
import { type FormEvent, useEffect, useMemo, useRef, useState } from "react";
import type { CatalogueEntry } from "../data/outputs";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { FIELD } from "../ui/field-class";
import { Icon } from "../ui/icons";
import { CategoryChips } from "./CategoryChips";
import { CategorySections } from "./CategorySections";
import { groupByCategory, searchPlugins } from "./search-plugins";

/** Typing must not fill the browser's history, nor write to it faster than it allows. */
const WRITE_URL_AFTER_MS = 250;

/** Search first; then plugins by category. Text and category live in the URL. */
export function Catalogue({ entries }: { entries: readonly CatalogueEntry[] }) {
  const params = useSearchParams();
  const router = useRouter();
  const [text, setText] = useState(params.get("q") ?? "");
  const [category, setCategory] = useState(params.get("category") ?? "");
  const input = useRef<HTMLInputElement>(null);
  const found = useMemo(() => searchPlugins(entries, text), [entries, text]);
  const all = groupByCategory(found);
  const groups = category === "" ? all : all.filter((group) => group.category === category);
  const broken = found.filter((entry) => entry.broken !== null);

  useEffect(() => {
    // On a touch screen the keyboard would cover what there is to see.
    if (matchMedia("(pointer: fine)").matches) input.current?.focus();
  }, []);
  useEffect(() => {
    const query = new URLSearchParams({ ...(text.trim() && { q: text.trim() }), ...(category && { category }) });
    const address = `${location.pathname}${query.size > 0 ? `?${query}` : ""}`;
    if (address === location.pathname + location.search) return;
    const timer = setTimeout(() => window.history.replaceState(null, "", address), WRITE_URL_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text, category]);

  const openFirst = (event: FormEvent) => {
    event.preventDefault();
    const first = text.trim() === "" ? undefined : groups[0]?.entries[0];
    if (first) router.push(`/catalogue/${first.id}`);
  };
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col gap-3">
        <search>
          <form onSubmit={openFirst} className="relative max-w-xl">
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
              onChange={(event) => setText(event.target.value)}
              onKeyDown={(event) => event.key === "Escape" && (text === "" ? input.current?.blur() : setText(""))}
              className={`${FIELD} h-10 pl-9 [&::-webkit-search-cancel-button]:appearance-none`}
            />
          </form>
        </search>
        <CategoryChips groups={all} chosen={category} onChoose={setCategory} />
      </div>
      <CategorySections groups={groups} />
      {groups.length === 0 && broken.length === 0 ? (
        <NothingFound
          text={text}
          elsewhere={all.length > 0}
          onEverywhere={() => setCategory("")}
          onClear={() => {
            setText("");
            setCategory("");
            input.current?.focus();
          }}
        />
      ) : null}
      {broken.length > 0 && category === "" ? (
        <section aria-label="Broken plugins" className="flex flex-col gap-2">
          <h2 className="text-xs font-medium text-muted">Could not be loaded</h2>
          {broken.map(({ id, broken: reason }) => (
            <ErrorState
              key={id}
              tone="warn"
              title={`plugins/${id}`}
              message={reason}
              hint="Everything else works as before."
            />
          ))}
        </section>
      ) : null}
    </div>
  );
}

interface NothingProps {
  readonly text: string;
  /** There are hits in other categories. */
  readonly elsewhere: boolean;
  onEverywhere(): void;
  onClear(): void;
}

function NothingFound({ text, elsewhere, onEverywhere, onClear }: NothingProps) {
  const look = "text-sm font-medium text-accent hover:underline";
  return (
    <EmptyState
      title={
        text.trim() === ""
          ? "No plugin in this category"
          : `No plugin for "${text.trim()}"${elsewhere ? " in this category" : ""}`
      }
      action={
        <button type="button" onClick={elsewhere ? onEverywhere : onClear} className={look}>
          {elsewhere ? "Search all categories" : "Show all plugins"}
        </button>
      }
    >
      {elsewhere
        ? "Other categories have some."
        : "What answers over HTTP or on a TCP port can be watched with Web service, whatever it is."}
    </EmptyState>
  );
}
