import type { CatalogueEntry } from "../data/outputs";
import { CATEGORY_NAME, type Category } from "../instances/group";

export interface CategoryGroup {
  readonly category: Category;
  readonly name: string;
  readonly entries: readonly CatalogueEntry[];
}

const categories = Object.keys(CATEGORY_NAME) as Category[];

/** Plugins that have every word that was typed, in name, sentence, category or id. */
export function searchPlugins(entries: readonly CatalogueEntry[], text: string): CatalogueEntry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...entries];
  return entries
    .map((entry) => ({ entry, score: scoreOf(entry, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ entry }) => entry);
}

/** A word in the name says more than one in the sentence; 0 when one is nowhere. */
function scoreOf({ id, name, summary, category, needs }: CatalogueEntry, words: readonly string[]): number {
  const title = `${name} ${id}`.toLowerCase();
  const rest = `${summary} ${CATEGORY_NAME[category]} ${needs.join(" ")}`.toLowerCase();
  let score = 0;
  for (const word of words) {
    if (title.startsWith(word)) score += 4;
    else if (title.includes(word)) score += 2;
    else if (rest.includes(word)) score += 1;
    else return 0;
  }
  return score;
}

/**
 * By category; empty ones are left out. Plugins keep their order, and so do categories of what was searched: that of the best find comes
 * first. Otherwise they stand in the catalogue's order.
 */
export function groupByCategory(entries: readonly CatalogueEntry[], searched = false): CategoryGroup[] {
  const order = searched ? [...new Set(entries.map(({ category }) => category))] : categories;
  return order.flatMap((category) => {
    const own = entries.filter((entry) => entry.category === category && entry.broken === null);
    return own.length === 0 ? [] : [{ category, name: CATEGORY_NAME[category], entries: own }];
  });
}
