/** RFC 4180: rows of cells as the text of a file. */
export const csvText = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map(cell).join(",")).join("\r\n");

/** A leading =, +, - or @ makes a formula of collected text in a spreadsheet; numbers stay numbers. */
function cell(text: string): string {
  const safe = /^\s*[=+\-@\t\r]/.test(text) && !isNumber(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const isNumber = (text: string) => text.trim() === text && text !== "" && Number.isFinite(Number(text));
