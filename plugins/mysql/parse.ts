import { z } from "zod";
import { CollectError } from "../sdk";
import type { Row } from "./open";
import type { ServerKind } from "./queries";

const NamedValue = z.object({ Variable_name: z.string(), Value: z.string().nullable() });
export const MetricRow = z.object({ name: z.string(), value: z.string() });
export const LongestRow = z.object({ seconds: z.string() });
export const SizeRow = z.object({ name: z.string(), tables: z.string(), bytes: z.string().nullable() });
export const BinaryLogRow = z.object({ Log_name: z.string(), File_size: z.string() });

/** Names and values of SHOW VARIABLES and SHOW STATUS. */
export interface Named<N extends string> {
  /** "" when it is not told. */
  text(name: N): string;
  /** Undefined when it is not told, or no number. */
  number(name: N): number | undefined;
}

/** @throws CollectError `parse` when it is not what SHOW VARIABLES or SHOW STATUS answers */
export function parseNamed<N extends string>(rows: readonly Row[]): Named<N> {
  // Names are compared without their case: relatives write some of them differently.
  const values = new Map(
    parseRows(NamedValue, rows).map(({ Variable_name: name, Value }) => [name.toLowerCase(), Value ?? ""]),
  );
  const text = (name: N) => values.get(name.toLowerCase()) ?? "";
  return { text, number: (name) => toNumber(text(name)) };
}

/** @throws CollectError `parse` when a row has another shape */
export function parseRows<T extends z.ZodType>(schema: T, rows: readonly Row[]): z.output<T>[] {
  const parsed = z.array(schema).safeParse(rows);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new CollectError(
    "parse",
    `The server answered in an unknown shape: ${issue?.path.join(".") ?? "rows"}: ${issue?.message ?? "?"}.`,
    { hint: "Check that it is MySQL or MariaDB itself, and not a proxy that only speaks its protocol." },
  );
}

export function toNumber(text: string | null | undefined): number | undefined {
  if (!text || !/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)) return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/** "10.11.19-MariaDB-0+deb12u1-log", "8.0.36-28", "8.4.3" */
export function parseVersion(version: string, comment: string): ServerKind & { readonly version: string } {
  const [, major = "0", minor = "0", patch = "0"] = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(version) ?? [];
  const flavour = /mariadb/i.test(`${version} ${comment}`) ? "mariadb" : /percona/i.test(comment) ? "percona" : "mysql";
  return {
    flavour,
    versionNumber: Number(major) * 10_000 + Number(minor) * 100 + Number(patch),
    version: /^\d+(\.\d+)*/.exec(version)?.[0] ?? version,
  };
}
