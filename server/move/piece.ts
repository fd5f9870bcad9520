import { z } from "zod";

const Starts = z.object({ rawFrom: z.number(), hourlyFrom: z.number(), dailyFrom: z.number() });

/** What is said of a backup before its rows. */
const Backup = z.object({
  /** Samples and rollups as well, or the configuration alone, as it was before an update. */
  parts: z.enum(["all", "configuration"]),
  /** What it has: the columns of each table, by the names of the schema. */
  tables: z.record(z.string(), z.array(z.string())),
  secrets: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("none") }),
    /** Under the key of the Unity that made it; null where they lay in the database as they were entered. */
    z.object({ kind: z.literal("kept"), key: z.string().nullable() }),
    /** Under a key that is made of a passphrase by scrypt, so. */
    z.object({
      kind: z.literal("passphrase"),
      key: z.string(),
      salt: z.string(),
      cost: z.number().int(),
      blockSize: z.number().int(),
      parallelization: z.number().int(),
    }),
  ]),
});
export type BackupHeader = z.infer<typeof Backup>;

/** Of archives: 1 is that of an export, 2 that of a backup. */
export const NEWEST_FORMAT = 2;

/** What an archive begins with. */
export const Header = z.object({
  /** One that is newer is refused. */
  format: z.union([z.literal(1), z.literal(NEWEST_FORMAT)]),
  /** The version that wrote it. */
  unity: z.string(),
  id: z.string(),
  createdAt: z.number(),
  /** As "PostgreSQL 16.4". */
  source: z.string(),
  /** Samples from before this instant; what a running Unity collected meanwhile is left out. */
  until: z.number(),
  /** Where the tiers of the source began; null when it cannot give its rollups. */
  starts: Starts.nullable(),
  /** Changes when the configuration or what is kept of the past does. */
  fingerprint: z.string(),
  /** At its beginning, for telling how far it is. */
  samples: z.number(),
  /** With the list of runs. */
  runs: z.boolean(),
  backup: Backup.optional(),
});
export type Header = z.infer<typeof Header>;

export const Totals = z.object({ rows: z.number(), series: z.number(), samples: z.number(), rollups: z.number() });
export type Totals = z.infer<typeof Totals>;

/** What a backup ends with, beside the totals. */
export const Seal = z.object({
  /** Where tiers have begun meanwhile: something of what was there at the beginning was dropped while it was read. */
  starts: Starts.optional(),
  /** SHA-256 of all bytes before this record and of what else is in it. */
  sha256: z.string(),
  /** HMAC of that under the key of the secrets: only who has it can have made this file. */
  signature: z.string().optional(),
});
export type Seal = z.infer<typeof Seal>;

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
  | { readonly kind: "end"; readonly totals: Totals; readonly seal?: Seal | undefined };
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
