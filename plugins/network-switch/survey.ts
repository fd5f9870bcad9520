import { type CollectContext, CollectError, type Report } from "../sdk";
import type { Ask, Value } from "./ask";
import type { Config } from "./config";
import type { metrics } from "./metrics";

/** What every part of a run works with. */
export interface Survey {
  readonly context: CollectContext<Config>;
  readonly report: Report<typeof metrics>;
  readonly ask: Ask;
}

/** More rows than shown are asked for, to know that there were more; a stack of switches has some hundreds of ports. */
const ROWS_LIMIT = 4_000;

/** Single objects, in their order. */
export async function getValues({ ask }: Survey, oids: readonly string[]): Promise<readonly Value[]> {
  const answer = await ask({ get: oids });
  return answer.map((value) => {
    if (value === null || typeof value === "string" || typeof value === "number") return value;
    throw new CollectError("protocol", "The agent answered with a table where single objects were asked for.");
  });
}

/** A column of a table, by index. Empty where the agent has no such table. */
export async function walkColumn({ ask }: Pick<Survey, "ask">, column: string): Promise<Map<string, Value>> {
  const rows = new Map<string, Value>();
  for (const row of await ask({ walk: column, limit: ROWS_LIMIT }))
    if (Array.isArray(row)) rows.set(String(row[0]), toValue(row[1]));
  return rows;
}

/** Several columns, by their names; one after the other, because cheap switches drop what comes at once. */
export async function walkColumns<K extends string>(
  survey: Pick<Survey, "ask">,
  columns: Readonly<Record<K, string>>,
): Promise<Record<K, Map<string, Value>>> {
  const entries: [string, Map<string, Value>][] = [];
  for (const [name, column] of Object.entries<string>(columns)) entries.push([name, await walkColumn(survey, column)]);
  // Made of the names of `columns`, all of them.
  return Object.fromEntries(entries) as Record<K, Map<string, Value>>;
}

export const toText = (value: Value | undefined) => (value === null || value === undefined ? "" : String(value).trim());
export const toNumber = (value: Value | undefined) => (typeof value === "number" ? value : undefined);

function toValue(value: unknown): Value {
  return typeof value === "string" || typeof value === "number" ? value : null;
}
