"use client";

import { memo, type ReactNode, useMemo, useState } from "react";
import { Icon } from "./icons";
import { nextSort, type Sort, sortRows } from "./sort-rows";

export interface Column<R> {
  readonly key: string;
  readonly title: string;
  cell(row: R): ReactNode;
  /** With it, the column sorts. null goes last either way. */
  sortBy?(row: R): string | number | null;
  /** Numbers stand on the right. Default "left". */
  readonly align?: "left" | "right";
  /** Hidden on screens narrower than this. */
  readonly from?: "sm" | "md" | "lg" | "xl";
  /** A CSS width: "140px", "20%". */
  readonly width?: string;
}

interface Props<R> {
  /** Said to those who cannot see it: "Hosts". */
  readonly label: string;
  /** The same array while they mean the same: rows are drawn again with it. */
  readonly columns: readonly Column<R>[];
  readonly rows: readonly R[];
  rowKey(row: R): string;
  readonly initialSort?: Sort;
  /** Rows' height. Default "normal", 36 px. */
  readonly density?: "compact" | "normal" | "roomy";
  /** Where the header stops while the page scrolls, in pixels. Default 0; -1 keeps it in place. */
  readonly stickyTop?: number;
  /** More rows than these, after sorting, unfold on demand. */
  readonly limit?: number;
  /** Stands in for rows when there are none. */
  readonly empty?: ReactNode;
}

const FROM = { sm: "max-sm:hidden", md: "max-md:hidden", lg: "max-lg:hidden", xl: "max-xl:hidden" } as const;
const look = ({ align, from }: Pick<Column<never>, "align" | "from">) =>
  `${align === "right" ? "text-right" : "text-left"} ${from ? FROM[from] : ""}`;
const HEIGHT = { compact: "h-8", normal: "h-9", roomy: "h-13" } as const;

/** A dense table. A link in a row with the class `row-link` makes the whole row its target; `j` and `k` walk over rows. */
export function DataTable<R>({
  label,
  columns,
  rows,
  rowKey,
  initialSort,
  density = "normal",
  stickyTop = 0,
  limit = Number.POSITIVE_INFINITY,
  empty,
}: Props<R>) {
  const [sort, setSort] = useState<Sort | undefined>(initialSort);
  const by = columns.find(({ key }) => key === sort?.key)?.sortBy;
  const sorted = useMemo(() => (by && sort ? sortRows(rows, by, sort.ascending) : rows), [rows, by, sort]);
  const [all, setAll] = useState(false);
  const shown = all ? sorted : sorted.slice(0, limit);
  return (
    <table className="w-full border-separate border-spacing-0 text-sm" aria-label={label}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th
              key={column.key}
              scope="col"
              style={{ width: column.width, top: stickyTop < 0 ? undefined : stickyTop }}
              aria-sort={sort?.key !== column.key ? undefined : sort.ascending ? "ascending" : "descending"}
              className={`${stickyTop < 0 ? "" : "sticky z-10"} h-8 border-b border-line bg-surface px-2 text-xs font-medium whitespace-nowrap text-muted first:rounded-tl-xl first:pl-4 last:rounded-tr-xl last:pr-4 ${look(column)}`}
            >
              {column.sortBy ? (
                <SortButton
                  title={column.title}
                  right={column.align === "right"}
                  state={sort?.key === column.key ? (sort.ascending ? "up" : "down") : "sort"}
                  onPress={() => setSort(nextSort(sort, column.key, column.align === "right"))}
                />
              ) : (
                column.title
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {shown.map((row) => (
          <TableRow key={rowKey(row)} row={row} columns={columns} density={density} />
        ))}
        {sorted.length > limit ? (
          <tr>
            <td colSpan={columns.length} className="h-9 px-4">
              <button
                type="button"
                aria-expanded={all}
                onClick={() => setAll(!all)}
                className="num -mx-1 h-6 rounded px-1 text-xs text-muted hover:text-ink"
              >
                {all ? `Show the first ${limit}` : `Show all ${sorted.length}`}
              </button>
            </td>
          </tr>
        ) : null}
        {sorted.length === 0 && empty ? (
          <tr>
            <td colSpan={columns.length}>{empty}</td>
          </tr>
        ) : null}
      </tbody>
    </table>
  );
}

interface RowProps<R> {
  readonly row: R;
  readonly columns: readonly Column<R>[];
  readonly density: keyof typeof HEIGHT;
}

function PlainRow<R>({ row, columns, density }: RowProps<R>) {
  return (
    <tr data-row className="group/row relative transition-colors hover:bg-hover has-[.row-link:focus-visible]:bg-hover">
      {columns.map((column) => (
        <td
          key={column.key}
          className={`${HEIGHT[density]} num border-b border-line px-2 group-last/row:border-b-0 first:pl-4 last:pr-4 ${look(column)}`}
        >
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}

// A live table gets a new list several times a second, of which a row or two are new. `memo` forgets type parameters.
const TableRow = memo(PlainRow) as typeof PlainRow;

interface SortButtonProps {
  readonly title: string;
  readonly state: "up" | "down" | "sort";
  /** Its title ends where the numbers below it end. */
  readonly right: boolean;
  onPress(): void;
}

function SortButton({ title, state, right, onPress }: SortButtonProps) {
  return (
    <button
      type="button"
      onClick={onPress}
      className={`group/sort -mx-1 inline-flex h-6 items-center gap-0.5 rounded px-1 hover:text-ink ${right ? "flex-row-reverse" : ""} ${state === "sort" ? "" : "text-ink"}`}
    >
      {title}
      <Icon
        name={state}
        size={12}
        className={state === "sort" ? "opacity-0 group-hover/sort:opacity-60 group-focus-visible/sort:opacity-60" : ""}
      />
    </button>
  );
}
