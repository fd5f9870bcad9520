import { CollectError, readPartEvery, toLabel } from "../sdk";
import { SLOW_SECONDS } from "./metrics";
import { BinaryLogRow, parseRows, SizeRow, toNumber } from "./parse";
import { BINARY_LOGS, sizesQuery } from "./queries";
import type { Survey } from "./survey";

export interface Size {
  readonly database: string;
  readonly tables: number | null;
  readonly sizeBytes: number;
}
export interface Sizes {
  readonly databases: readonly Size[];
  readonly truncated: boolean;
}

/** Sizes of databases and of the binary log: seldom, because the server looks into every table. */
export async function collectSizes(survey: Survey): Promise<Sizes> {
  const { report, ask, context, variables } = survey;
  const { collectSizes: wanted, maxItems } = context.config;
  if (!wanted) return { databases: [], truncated: false };
  await readPartEvery(context, report, { key: "sizes", seconds: SLOW_SECONDS }, async () => {
    const rows = parseRows(SizeRow, await ask({ sql: sizesQuery(maxItems) }));
    const databases = rows.slice(0, maxItems).flatMap(({ name, tables, bytes }): Size[] => {
      const size = toNumber(bytes);
      return size === undefined ? [] : [{ database: toLabel(name), tables: toNumber(tables) ?? null, sizeBytes: size }];
    });
    for (const { database, sizeBytes } of databases) report("mysql_database_size_bytes", sizeBytes, { database });
    context.memory.keep("databases", { databases, truncated: rows.length > maxItems } satisfies Sizes);
  });
  if (["ON", "1"].includes(variables.text("log_bin").toUpperCase()))
    await readPartEvery(context, report, { key: "binlog", seconds: SLOW_SECONDS }, () => collectBinaryLog(survey));
  return context.memory.recall<Sizes>("databases")?.value ?? { databases: [], truncated: false };
}

async function collectBinaryLog({ report, ask }: Survey): Promise<void> {
  const files = parseRows(BinaryLogRow, await ask({ sql: BINARY_LOGS }).catch(without("not_found")));
  if (files.length === 0) return;
  const bytes = files.reduce((sum, { File_size: size }) => sum + (toNumber(size) ?? 0), 0);
  report("mysql_binlog_size_bytes", bytes);
}

/** It was switched off since. */
const without = (reason: string) => (error: unknown) => {
  if (error instanceof CollectError && error.reason === reason) return [];
  throw error;
};
