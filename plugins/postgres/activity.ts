import { ConnectionsRow, LocksRow, LongestRow, parseRow, parseRows, SettingRow, toLabel } from "./parse";
import { CONNECTIONS, LOCKS, LONGEST, SETTINGS_LIST } from "./queries";
import { attempt, type Survey } from "./survey";

/** Told of every shown database also at zero, so that a line falls when the last one leaves. Hidden ones are unknown, not zero. */
const USUAL_STATES = ["active", "idle", "idle in transaction"];

export interface Setting {
  readonly name: string;
  readonly setting: string;
  readonly shown: string;
}

/** The settings worth knowing; the number of connections is among them. */
export async function readSettings(survey: Survey): Promise<Setting[]> {
  const rows = await attempt(survey, "Settings", async () =>
    parseRows(SettingRow, await survey.ask({ sql: SETTINGS_LIST })),
  );
  return (rows ?? []).map(({ name, setting, shown }) => ({ name, setting: setting ?? "", shown: shown ?? "" }));
}

/** @param databases those that get series of their own */
export async function collectConnections(
  survey: Survey,
  settings: readonly Setting[],
  databases: readonly string[],
): Promise<void> {
  const { report, ask, readsAll } = survey;
  const rows = await attempt(survey, "Connections", async () =>
    parseRows(ConnectionsRow, await ask({ sql: CONNECTIONS })),
  );
  if (!rows) return;
  const used = rows.reduce((sum, { connections }) => sum + connections, 0);
  report("postgres_connections_used", used);
  const max = ordinaryConnections(settings);
  if (max !== undefined) {
    report("postgres_connections_max", max);
    report("postgres_connections_used_ratio", used / max);
  }
  for (const database of databases) {
    const mine = rows.filter((row) => row.database === database);
    const states = new Set([...(readsAll ? USUAL_STATES : []), ...mine.map(({ state }) => state)]);
    for (const state of states) {
      const found = mine.find((row) => row.state === state)?.connections ?? 0;
      report("postgres_connections", found, { database: toLabel(database), state });
    }
  }
}

/** Superusers' and (since 16) privileged roles' reserve is not for ordinary users: they are refused before it is used up. */
export function ordinaryConnections(settings: readonly Setting[]): number | undefined {
  const limitOf = (name: string) => Number(settings.find((entry) => entry.name === name)?.setting ?? 0);
  const left = limitOf("max_connections") - limitOf("superuser_reserved_connections") - limitOf("reserved_connections");
  return Number.isFinite(left) && left > 0 ? left : undefined;
}

export async function collectActivity(survey: Survey): Promise<void> {
  const { report, ask, context, readsAll } = survey;
  if (readsAll) {
    await attempt(survey, "Activity", async () => {
      const longest = parseRow(LongestRow, await ask({ sql: LONGEST }));
      // The server's clock may be set back while a transaction is open.
      report("postgres_longest_transaction_seconds", Math.max(0, longest.transaction));
      report("postgres_longest_query_seconds", Math.max(0, longest.query));
      report("postgres_longest_idle_in_transaction_seconds", Math.max(0, longest.idle));
      report("postgres_backends_blocked", longest.blocked);
    });
  } else {
    report.partial(
      "permission",
      `The role ${toLabel(context.config.user)} does not see what others do: GRANT pg_monitor TO it. Long transactions, replicas' lag and sizes are left out.`,
    );
  }
  if (!context.config.collectLocks) return;
  await attempt(survey, "Locks", async () => {
    report("postgres_locks_waiting", parseRow(LocksRow, await ask({ sql: LOCKS })).waiting);
  });
}
