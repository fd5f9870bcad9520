/** How the overview's instances are drawn. Kept in a cookie, so that the server draws the same. */
export interface View {
  readonly layout: "grid" | "table";
  readonly density: "normal" | "compact";
}

export const VIEW_COOKIE = "unity-overview";
const YEAR_SECONDS = 31_536_000;

export function parseView(text: string | undefined): View {
  const [layout, density] = (text ?? "").split(".");
  return {
    layout: layout === "table" ? "table" : "grid",
    density: density === "compact" ? "compact" : "normal",
  };
}

/** Browser only. */
export function keepView({ layout, density }: View): void {
  // biome-ignore lint/suspicious/noDocumentCookie: not every browser has the Cookie Store API.
  document.cookie = `${VIEW_COOKIE}=${layout}.${density}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}
