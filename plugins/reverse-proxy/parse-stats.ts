import { CollectError } from "../sdk";

export type Row = ReadonlyMap<string, string>;

/**
 * HAProxy's statistics as CSV (management guide, 9.1). The first line names the columns, and later versions add some at the end.
 *
 * @throws CollectError `parse`
 */
export function parseStats(text: string, where: string): Row[] {
  const [head = "", ...lines] = text.split("\n").filter((line) => line.trim() !== "");
  if (!head.startsWith("# pxname,svname,"))
    throw new CollectError("parse", `${where} does not answer with HAProxy's statistics.`, {
      hint: "Give the address of the statistics page: the port, and the path of stats uri.",
    });
  const columns = splitLine(head.slice(2));
  return lines.map((line) => {
    const cells = splitLine(line);
    return new Map(columns.map((column, index) => [column, cells[index] ?? ""]));
  });
}

/** Cells may be quoted, and then hold commas and doubled quotes. */
function splitLine(line: string): string[] {
  const cells: string[] = [];
  const CELL = /(?:"((?:[^"]|"")*)"|([^,]*))(,|$)/y;
  for (let found = CELL.exec(line); found; found = CELL.exec(line)) {
    cells.push(found[1] === undefined ? (found[2] ?? "") : found[1].replaceAll('""', '"'));
    if (found[3] === "") break;
  }
  return cells;
}

/** undefined where the cell is empty: HAProxy leaves out what does not apply. */
export function numberIn(row: Row, column: string): number | undefined {
  const text = row.get(column) ?? "";
  return /^-?\d+$/.test(text) ? Number(text) : undefined;
}
