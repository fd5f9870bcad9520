/** `$.data[0].status` as `/data/0/status`; undefined for an expression. */
export function pointerOf(path: string): string | undefined {
  const bare = path.trim().replace(/^\$\.?/, "");
  if (bare === "") return "";
  if (!/^[\w-]+(\[\d+\])*(\.[\w-]+(\[\d+\])*)*$/.test(bare)) return undefined;
  return `/${bare
    .replace(/\[(\d+)\]/g, ".$1")
    .split(".")
    .join("/")}`;
}

export function scalarOf(text: string): string | number | boolean | null {
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (text === "true" || text === "false") return text === "true";
  return text === "null" ? null : text;
}
