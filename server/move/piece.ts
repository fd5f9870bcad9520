import { z } from "zod";

/** What an archive begins with. */
export const Header = z.object({
  /** Of the archive. One that is newer is refused. */
  format: z.literal(1),
  /** The version that wrote it. */
  unity: z.string(),
  id: z.string(),
  createdAt: z.number(),
  /** As "PostgreSQL 16.4". */
  source: z.string(),
  /** Samples from before this instant; what a running Unity collected meanwhile is left out. */
  until: z.number(),
  /** Where the tiers of the source began; null when it cannot give its rollups. */
  starts: z.object({ rawFrom: z.number(), hourlyFrom: z.number(), dailyFrom: z.number() }).nullable(),
  /** Changes when the configuration or what is kept of the past does. */
  fingerprint: z.string(),
  /** At its beginning, for telling how far it is. */
  samples: z.number(),
  /** With the list of runs. */
  runs: z.boolean(),
});
export type Header = z.infer<typeof Header>;

export const Totals = z.object({ rows: z.number(), series: z.number(), samples: z.number(), rollups: z.number() });
export type Totals = z.infer<typeof Totals>;

/** A part of a database on its way, in this order: the header, rows, samples by series and time, rollups by tier, series and time. */
export type Piece =
  | { readonly kind: "header"; readonly header: Header }
  | { readonly kind: "rows"; readonly table: string; readonly rows: readonly Row[] }
  | {
      readonly kind: "samples";
      readonly series: number;
      readonly data: Uint8Array;
      readonly count: number;
      readonly lastAt: number;
    }
  | {
      readonly kind: "rollups";
      readonly tierSeconds: number;
      readonly series: number;
      readonly data: Uint8Array;
      readonly count: number;
      readonly lastAt: number;
    }
  | { readonly kind: "end"; readonly totals: Totals };
/** By the names of the schema's columns. */
export type Row = Record<string, unknown>;

/** Everything up to here has arrived. Rows are few, and are always sent again. */
export const Position = z.object({ tierSeconds: z.number(), series: z.number(), at: z.number() });
export type Position = z.infer<typeof Position>;
export const START: Position = { tierSeconds: 0, series: -1, at: -1 };

/** After this piece; undefined for one that has no place in the order. */
export function positionAfter(piece: Piece): Position | undefined {
  if (piece.kind === "samples") return { tierSeconds: 0, series: piece.series, at: piece.lastAt };
  if (piece.kind === "rollups") return { tierSeconds: piece.tierSeconds, series: piece.series, at: piece.lastAt };
  return undefined;
}

export function isAfter(one: Position, other: Position): boolean {
  return (one.tierSeconds - other.tierSeconds || one.series - other.series || one.at - other.at) > 0;
}
