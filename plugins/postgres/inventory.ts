import type { Inventory } from "../sdk";
import type { Setting } from "./activity";
import type { Databases } from "./databases";
import { type StatementRow, shortVersion, type TableRow, toLabel } from "./parse";
import type { Replication } from "./replication";

type Cell = string | number | boolean | null;
type Rows = readonly Readonly<Record<string, Cell>>[];

export function describeServer(found: {
  version: string;
  role: string;
  startedAt: number;
  settings: readonly Setting[];
  databases: Databases;
  replication: Replication;
  tables: readonly TableRow[] | undefined;
  statements: readonly StatementRow[] | undefined;
}): Inventory {
  const { version, role, startedAt, settings, databases, replication, tables, statements } = found;
  const { standby, replicas, slots } = replication;
  const source = standby?.sender_host ? `${standby.sender_host}:${standby.sender_port ?? ""}` : undefined;
  return {
    facts: {
      version: shortVersion(version),
      build: toLabel(version),
      role,
      startedAt: new Date(startedAt * 1_000).toISOString(),
      databases: databases.shown.length,
      replicas: replicas.length,
      ...(source === undefined ? {} : { replicatesFrom: toLabel(source) }),
    },
    lists: {
      databases: databases.shown.map(({ oid, name, xid_age: xidAge }) => ({
        database: toLabel(name),
        sizeBytes: databases.sizes.get(oid) ?? null,
        xidAge,
      })),
      replicas: replicas.map(({ client, address, state, sync_state: sync }) => ({
        client,
        address: toLabel(address) || null,
        state: toLabel(state),
        sync: toLabel(sync) || null,
      })),
      slots: slots.map(({ name, type, active, wal_status: walStatus }) => ({
        slot: toLabel(name),
        type: toLabel(type),
        active,
        walStatus: toLabel(walStatus) || null,
      })),
      settings: settings.map(({ name, shown }) => ({ setting: toLabel(name), value: toLabel(shown) })),
      ...(tables ? { tables: describeTables(tables) } : {}),
      ...(statements ? { statements: describeStatements(statements) } : {}),
    },
  };
}

function describeTables(tables: readonly TableRow[]): Rows {
  return tables.map(({ schema, name, dead, live, vacuumed_at: at }) => ({
    table: toLabel(`${schema}.${name}`),
    deadRows: dead,
    liveRows: live,
    vacuumedAt: at === null ? null : new Date(at * 1_000).toISOString(),
  }));
}

function describeStatements(statements: readonly StatementRow[]): Rows {
  return statements.map(({ query, calls, seconds, rows }) => ({
    statement: toLabel((query ?? "").replace(/\s+/g, " ")),
    calls,
    totalSeconds: seconds,
    meanSeconds: calls > 0 ? seconds / calls : null,
    rows,
  }));
}
