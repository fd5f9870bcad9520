"use client";

import { type CSSProperties, memo, type ReactNode, startTransition, useEffect, useMemo, useRef, useState } from "react";
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
  /** Of every cell: what can be said once for it needs no element of its own in each. `cut` keeps it to one line of its width. */
  readonly className?: string;
  /** Of one row's cell: what it needs for itself, without an element within. Its classes come after the column's. */
  look?(row: R): CellLook;
}

interface CellLook {
  readonly className?: string;
  readonly title?: string | undefined;
  readonly style?: CSSProperties;
  /** What a narrow screen adds to the cell, whose own column has no room there. */
  readonly "data-note"?: string;
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
  /** The server draws so many, after sorting. More unfold in the browser, up to a thousand by themselves, beyond on demand. */
  readonly limit?: number;
  /** Stands in for rows when there are none. */
  readonly empty?: ReactNode;
  /**
   * Classes that name the width of each column that is shown, as `[--tracks:…]`: then rows out of sight are laid out when they come
   * into it. Without it, columns are as wide as what is in them, for which every row is measured.
   */
  readonly tracks?: string;
}

/** A browser searches and scrolls these without a stutter; beyond, it is asked for. */
const UNFOLDED_BY_ITSELF = 1_000;

const FROM = { sm: "max-sm:hidden", md: "max-md:hidden", lg: "max-lg:hidden", xl: "max-xl:hidden" } as const;
const headLook = ({ align, from }: Pick<Column<never>, "align" | "from">) =>
  `${align === "right" ? "text-right" : "text-left"} ${from ? FROM[from] : ""}`;
/** Of a row's cell, where the left is where all begin: most have nothing to say, and there are thousands. */
const cellLook = ({ align, from, className }: Pick<Column<never>, "align" | "from" | "className">) =>
  [align === "right" ? "text-right" : "", from ? FROM[from] : "", className ?? ""].filter(Boolean).join(" ") ||
  undefined;
const HEIGHT = { compact: "[--row:32px]", normal: "[--row:36px]", roomy: "[--row:52px]" } as const;

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
  tracks,
}: Props<R>) {
  const [sort, setSort] = useState<Sort | undefined>(initialSort);
  const by = columns.find(({ key }) => key === sort?.key)?.sortBy;
  const sorted = useMemo(() => (by && sort ? sortRows(rows, by, sort.ascending) : rows), [rows, by, sort]);
  const [all, setAll] = useState(false);
  // After the first paint, in slices: nobody waits for rows below the fold.
  useEffect(() => startTransition(() => setAll((was) => was || rows.length <= UNFOLDED_BY_ITSELF)), [rows.length]);
  const shown = all ? sorted : sorted.slice(0, limit);
  const table = useTableRoles(tracks !== undefined);
  return (
    <table
      ref={table}
      className={`data-table w-full border-separate border-spacing-0 text-sm ${HEIGHT[density]} ${tracks ? `grid-table ${tracks}` : ""}`}
      aria-label={label}
    >
      <thead
        className={tracks && stickyTop >= 0 ? "sticky z-10" : ""}
        style={tracks && stickyTop >= 0 ? { top: stickyTop } : undefined}
      >
        <tr>
          {columns.map((column) => (
            <HeadCell
              key={column.key}
              column={column}
              sort={sort}
              onSort={setSort}
              stickyTop={tracks ? -1 : stickyTop}
              isGrid={tracks !== undefined}
            />
          ))}
        </tr>
      </thead>
      <tbody>
        {shown.map((row) => (
          <TableRow key={rowKey(row)} row={row} columns={columns} />
        ))}
        {sorted.length > limit && (!all || sorted.length > UNFOLDED_BY_ITSELF) ? (
          <tr>
            <td colSpan={columns.length} className="px-4">
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
            <td colSpan={columns.length} className="p-0">
              {empty}
            </td>
          </tr>
        ) : null}
      </tbody>
    </table>
  );
}

const ROLES = {
  TABLE: "table",
  THEAD: "rowgroup",
  TBODY: "rowgroup",
  TR: "row",
  TH: "columnheader",
  TD: "cell",
} as const;

/**
 * A table that is drawn as a grid is none any more for Safari before 17, unless it says so. It is said once the rows are there: in what
 * the server sends it would be a tenth of it.
 */
function useTableRoles(isGrid: boolean) {
  const table = useRef<HTMLTableElement>(null);
  useEffect(() => {
    if (!isGrid || !table.current) return;
    const unsaid = [table.current, ...table.current.querySelectorAll(":is(thead, tbody, tr, th, td):not([role])")];
    for (const element of unsaid) element.setAttribute("role", ROLES[element.tagName as keyof typeof ROLES]);
  });
  return table;
}

interface HeadCellProps<R> {
  readonly column: Column<R>;
  readonly sort: Sort | undefined;
  readonly stickyTop: number;
  readonly isGrid: boolean;
  onSort(sort: Sort): void;
}

function HeadCell<R>({ column, sort, onSort, stickyTop, isGrid }: HeadCellProps<R>) {
  const order = sort?.key !== column.key ? undefined : sort.ascending ? "up" : "down";
  return (
    <th
      scope="col"
      style={isGrid ? undefined : { width: column.width, top: stickyTop < 0 ? undefined : stickyTop }}
      aria-sort={order && (order === "up" ? "ascending" : "descending")}
      className={`${stickyTop < 0 ? "" : "sticky z-10"} h-8 border-b border-line bg-surface px-2 text-xs font-medium whitespace-nowrap text-muted first:rounded-tl-xl first:pl-4 last:rounded-tr-xl last:pr-4 ${headLook(column)}`}
    >
      {column.sortBy ? (
        <SortButton
          title={column.title}
          right={column.align === "right"}
          state={order ?? "sort"}
          onPress={() => onSort(nextSort(sort, column.key, column.align === "right"))}
        />
      ) : (
        column.title
      )}
    </th>
  );
}

interface RowProps<R> {
  readonly row: R;
  readonly columns: readonly Column<R>[];
}

function PlainRow<R>({ row, columns }: RowProps<R>) {
  return (
    <tr data-row="">
      {columns.map((column) => {
        const look = column.look?.(row);
        const className = look?.className ? `${cellLook(column) ?? ""} ${look.className}` : cellLook(column);
        return (
          <td key={column.key} {...look} className={className}>
            {column.cell(row)}
          </td>
        );
      })}
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
