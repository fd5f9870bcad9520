/** `j` and `k`: the focus goes to the next or previous row's link, so that Enter opens it and a reader says it. */
export function walkRows(by: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>("main [data-row] .row-link")];
  const row = document.activeElement?.closest("[data-row]") ?? null;
  const here = links.findIndex((link) => row?.contains(link));
  // Whether one is to be seen is asked of the nearest only: of rows that are not laid out yet, the question costs it.
  for (let next = here === -1 && by === -1 ? links.length - 1 : here + by; next in links; next += by) {
    const link = links[next];
    if (!link || link.offsetParent === null) continue;
    link.focus({ preventScroll: true });
    link.closest("[data-row]")?.scrollIntoView({ block: "nearest" });
    return;
  }
}
