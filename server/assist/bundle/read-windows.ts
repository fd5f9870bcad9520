import type { Latest, WindowSummary } from "../../metrics/store";
import type { KnownSeries, Parts } from "../list-series";

const AT_ONCE = 500;

/** What series were over a window, and their newest samples: what is read seldom has none in a short window. */
export interface Windows {
  readonly window: ReadonlyMap<number, WindowSummary>;
  /** The last value in the window, or an older one that still counts; undefined: nothing is known of that time. */
  lastOf(known: KnownSeries): number | undefined;
}

export async function readWindows(
  { store }: Pick<Parts, "store">,
  known: readonly KnownSeries[],
  { from, to }: { readonly from: number; readonly to: number },
): Promise<Windows> {
  const window = new Map<number, WindowSummary>();
  const latest = new Map<number, Latest>();
  for (let start = 0; start < known.length; start += AT_ONCE) {
    const ids = known.slice(start, start + AT_ONCE).map(({ series }) => series.id);
    for (const one of await store.top({ series: ids, from, to, by: "last", limit: ids.length }))
      window.set(one.series, one);
    for (const one of store.latest(ids)) latest.set(one.series, one);
  }
  return {
    window,
    lastOf({ series, staleMs }) {
      const inside = window.get(series.id);
      if (inside) return inside.last;
      const newest = latest.get(series.id);
      return newest && newest.at < to && to - newest.at <= staleMs ? newest.value : undefined;
    },
  };
}
