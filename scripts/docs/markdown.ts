/** Text in a cell of a table: one line, and no character that ends the cell or becomes markup. */
export const cell = (text: string): string =>
  text.replace(/\s+/g, " ").replaceAll("|", "\\|").replaceAll("<", "&lt;").replaceAll("*", "\\*");

export const code = (text: string): string =>
  text === "" ? "" : `\`${text.replaceAll("|", "\\|").replaceAll("`", "'")}\``;

/** Columns are as wide as their widest cell, so that it reads well as text, too. */
export function drawTable(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = titles.map((title, column) =>
    Math.max(3, ...[title, ...rows.map((row) => row[column] ?? "")].map((text) => [...text].length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, column) => (cells[column] ?? "") + " ".repeat(width - [...(cells[column] ?? "")].length)).join(" | ")} |`;
  return [line(titles), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...rows.map(line)].join("\n");
}
