import type { Route } from "@/components/data/outputs";

/** The list with one of it a place up (-1) or down (1); as it is where there is no such place. */
export function moveRoute<T extends { readonly id: string }>(
  routes: readonly T[],
  id: string,
  by: -1 | 1,
): readonly T[] {
  const from = routes.findIndex((one) => one.id === id);
  const route = routes[from];
  const to = from + by;
  if (!route || to < 0 || to >= routes.length) return routes;
  return routes.toSpliced(from, 1).toSpliced(to, 0, route);
}

const RANK = { info: 0, warning: 1, critical: 2 } as const;

/** The route that leaves nothing for this one: it stands above, fits whatever this one fits, and does not let on. */
export function hiddenBehind(routes: readonly Route[], id: string): Route | undefined {
  const at = routes.findIndex((one) => one.id === id);
  const route = routes[at];
  if (!route?.enabled) return undefined;
  return routes.slice(0, at).find(({ enabled, continue: letsOn, match }) => {
    const { plugins, hosts, tags, labels, times } = match;
    const isOpen = [plugins, hosts, tags, labels, times].every((list) => list.length === 0);
    return enabled && !letsOn && isOpen && RANK[match.severity] <= RANK[route.match.severity];
  });
}
