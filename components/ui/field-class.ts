/** One look for everything that is typed into or chosen from. 16 px on a finger's screen: below, iOS zooms the page. */
export const FIELD =
  "w-full min-w-0 rounded-lg border border-line-strong bg-surface px-2.5 text-sm text-ink transition-colors outline-none placeholder:text-muted/80 hover:border-muted/60 focus-visible:border-accent focus-visible:ring-2 focus-visible:ring-accent/25 disabled:opacity-50 aria-invalid:border-bad pointer-coarse:text-lg dark:bg-bg";
