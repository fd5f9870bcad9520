/** What one row of a list is called: "Excluded mounts" has mounts, "Targets" has targets. */
export function itemNameOf(title: string): string {
  const last =
    title
      .replace(/\(.*\)/, "")
      .trim()
      .split(/\s+/)
      .at(-1)
      ?.toLowerCase() ?? "";
  if (/(ss|us)$/.test(last) || !last.endsWith("s")) return "row";
  if (last.endsWith("ies")) return `${last.slice(0, -3)}y`;
  if (/(ss|x|ch|sh)es$/.test(last)) return last.slice(0, -2);
  return last.slice(0, -1);
}
