import type { Inventory } from "../sdk";
import type { Checked } from "./check";
import type { Seen } from "./inspect";
import type { Found } from "./survey";

export function describeDatabases(
  databases: readonly { readonly found: Found; readonly seen: Seen }[],
  checks: ReadonlyMap<string, Checked>,
  total: number,
): Inventory {
  return {
    facts: { databases: total },
    lists: {
      databases: databases.map(({ found, seen }) => {
        const { header } = found;
        const checked = checks.get(found.path);
        return {
          database: found.database,
          sizeBytes: found.bytes,
          walBytes: found.walBytes,
          journal: header?.journalMode ?? null,
          tables: seen.tables ?? null,
          indexes: seen.indexes ?? null,
          userVersion: header?.userVersion ?? null,
          applicationId: header?.applicationId ?? null,
          writtenBy: header?.sqliteVersion || null,
          checkedAt: checked ? new Date(checked.at).toISOString() : null,
          faults: checked ? checked.faults.join("; ").slice(0, 500) || null : null,
          problem: seen.problem || null,
        };
      }),
    },
  };
}
