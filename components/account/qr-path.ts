/** The dark cells of a code as one path, one unit a cell; those that touch in a row are one bar. @param cells rows from the top */
export function qrPath(cells: readonly (readonly boolean[])[]): string {
  let path = "";
  cells.forEach((row, y) => {
    let from = -1;
    [...row, false].forEach((dark, x) => {
      if (dark && from < 0) from = x;
      if (dark || from < 0) return;
      path += `M${from} ${y}h${x - from}v1h${from - x}z`;
      from = -1;
    });
  });
  return path;
}
