"use client";

import { useRouter, useSearchParams } from "next/navigation";
import { useEffect, useMemo, useRef, useState } from "react";
import type { CatalogueEntry, Found } from "../data/outputs";
import { FoundServices } from "../discovery/FoundServices";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { CatalogueBar } from "./CatalogueBar";
import { CategoryChips } from "./CategoryChips";
import { CategorySections } from "./CategorySections";
import { filterPlugins, NO_PLUGIN_FILTERS, parsePluginFilters } from "./filter-plugins";
import { groupByCategory, searchPlugins } from "./search-plugins";
import { useCatalogue } from "./use-catalogue";

/** Typing must not fill the browser's history, nor write to it faster than it allows. */
const WRITE_URL_AFTER_MS = 250;

interface Props {
  /** What the server draws. */
  readonly drawn: readonly CatalogueEntry[] | undefined;
  readonly drawnFound: Found | undefined;
}

/** Search first; then what was found on this machine, then plugins by category. Text and filters live in the URL. */
export function Catalogue({ drawn, drawnFound }: Props) {
  const params = useSearchParams();
  const router = useRouter();
  const entries = useCatalogue(drawn);
  const [text, setText] = useState(params.get("q") ?? "");
  const [filters, setFilters] = useState(() => parsePluginFilters(params));
  const [wanted] = useState(params.has("find"));
  const input = useRef<HTMLInputElement>(null);
  const found = useMemo(() => filterPlugins(searchPlugins(entries, text), filters), [entries, text, filters]);
  const all = useMemo(() => groupByCategory(found, text.trim() !== ""), [found, text]);
  const { category } = filters;
  const groups = category === "" ? all : all.filter((group) => group.category === category);
  const broken = found.filter((entry) => entry.broken !== null);
  const narrowed = text.trim() !== "" || Object.values(filters).some((value) => value !== "");

  useEffect(() => {
    // On a touch screen the keyboard would cover what there is to see; and who came for services wants to see them.
    if (!wanted && matchMedia("(pointer: fine)").matches) input.current?.focus();
  }, [wanted]);
  useEffect(() => {
    const chosen = Object.entries(filters).filter(([, value]) => value !== "");
    const query = new URLSearchParams({ ...(text.trim() && { q: text.trim() }), ...Object.fromEntries(chosen) });
    const address = `${location.pathname}${query.size > 0 ? `?${query}` : ""}`;
    if (address === location.pathname + location.search) return;
    const timer = setTimeout(() => window.history.replaceState(null, "", address), WRITE_URL_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text, filters]);

  const clear = () => {
    setText("");
    setFilters(NO_PLUGIN_FILTERS);
    input.current?.focus();
  };
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col gap-3">
        <CatalogueBar
          entries={entries}
          text={text}
          filters={filters}
          input={input}
          onText={setText}
          onFilters={(change) => setFilters((old) => ({ ...old, ...change }))}
          onOpenFirst={() => {
            const first = text.trim() === "" ? undefined : groups[0]?.entries[0];
            if (first) router.push(`/catalogue/${first.id}`);
          }}
        />
        <CategoryChips
          groups={all}
          chosen={category}
          onChoose={(next) => setFilters((old) => ({ ...old, category: next }))}
        />
      </div>
      {narrowed ? null : <FoundServices drawn={drawnFound} wanted={wanted} />}
      <CategorySections groups={groups} />
      {groups.length === 0 && broken.length === 0 ? (
        <NothingFound
          text={text}
          elsewhere={all.length > 0}
          onEverywhere={() => setFilters((old) => ({ ...old, category: "" }))}
          onClear={clear}
        />
      ) : null}
      {broken.length > 0 && category === "" ? <BrokenPlugins broken={broken} /> : null}
    </div>
  );
}

function BrokenPlugins({ broken }: { broken: readonly CatalogueEntry[] }) {
  return (
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
  const typed = text.trim();
  return (
    <EmptyState
      title={
        typed === ""
          ? "No plugin fits these filters"
          : `No plugin for "${typed}"${elsewhere ? " in this category" : ""}`
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
