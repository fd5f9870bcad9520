/** `j` and `k`: the focus goes to the next or previous row's link, so that Enter opens it and a reader says it. */
export function walkRows(by: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>("main [data-row] .row-link")].filter(
    (link) => link.offsetParent !== null,
  );
  const row = document.activeElement?.closest("[data-row]") ?? null;
  const here = links.findIndex((link) => row?.contains(link));
  const next = here === -1 ? (by === 1 ? 0 : links.length - 1) : Math.max(0, Math.min(links.length - 1, here + by));
  const link = links[next];
  link?.focus({ preventScroll: true });
  link?.closest("[data-row]")?.scrollIntoView({ block: "nearest" });
}
