import { parseRow, parseRows, ReplicaRow, SlotRow, StandbyRow, toLabel } from "./parse";
import { replicasQuery, STANDBY, slotsQuery } from "./queries";
import { attempt, type Survey } from "./survey";

export interface Replica extends ReplicaRow {
  readonly client: string;
}
export interface Replication {
  readonly replicas: readonly Replica[];
  readonly slots: readonly SlotRow[];
  readonly standby: StandbyRow | undefined;
  readonly truncated: boolean;
}

/** Replicas and slots, of a primary or a standby with standbys of its own; and on a standby how far behind it is. */
export async function collectReplication(survey: Survey): Promise<Replication> {
  const { report, ask, server, context } = survey;
  const { maxItems } = context.config;
  const replicaRows = await attempt(survey, "Replicas", async () =>
    parseRows(ReplicaRow, await ask({ sql: replicasQuery(server) })),
  );
  const slotRows = await attempt(survey, "Slots", async () =>
    parseRows(SlotRow, await ask({ sql: slotsQuery(server) })),
  );
  const standby = server.inRecovery
    ? await attempt(survey, "The standby's lag", async () => parseRow(StandbyRow, await ask({ sql: STANDBY })))
    : undefined;

  if (replicaRows) reportStates(survey, replicaRows);
  const replicas = nameReplicas(replicaRows ?? []).slice(0, maxItems);
  for (const replica of replicas) reportReplica(report, replica);
  const slots = (slotRows ?? []).slice(0, maxItems);
  for (const { name, active, retained } of slots) {
    report("postgres_slot_active", active ? 1 : 0, { slot: toLabel(name) });
    if (retained !== null) report("postgres_slot_retained_bytes", Math.max(0, retained), { slot: toLabel(name) });
  }
  if (standby) {
    report("postgres_standby_streaming", standby.streaming ? 1 : 0);
    const lag = standbyLag(standby);
    if (lag !== undefined) report("postgres_standby_lag_seconds", lag);
  }
  const truncated = (replicaRows?.length ?? 0) > maxItems || (slotRows?.length ?? 0) > maxItems;
  return { replicas, slots, standby, truncated };
}

/** `streaming` also at zero: a replica that vanished is seen by the number that fell. */
function reportStates({ report, readsAll }: Survey, rows: readonly ReplicaRow[]): void {
  // Whoever may not see the states sees only that somebody is connected.
  const states = new Set([...(readsAll ? ["streaming"] : []), ...rows.map(({ state }) => state)]);
  for (const state of states)
    report("postgres_replicas", rows.filter((row) => row.state === state).length, { state: toLabel(state) });
}

/**
 * A name for each replica that stays the same: what it calls itself, and where several do so (each standby is
 * "walreceiver" unless it has a cluster_name) its address, and then a number.
 */
export function nameReplicas(rows: readonly ReplicaRow[]): Replica[] {
  const count = (name: string, nameOf: (row: ReplicaRow) => string) =>
    rows.filter((row) => nameOf(row) === name).length;
  const plain = ({ application }: ReplicaRow) => toLabel(application) || "unnamed";
  const withAddress = (row: ReplicaRow) => `${plain(row)} ${row.address || "local"}`;
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const base = count(plain(row), plain) === 1 ? plain(row) : withAddress(row);
    const turn = (seen.get(base) ?? 0) + 1;
    seen.set(base, turn);
    return { ...row, client: turn === 1 ? base : `${base} #${turn}` };
  });
}

function reportReplica(report: Survey["report"], { client, lag_bytes: bytes, lag_seconds: seconds }: Replica): void {
  // A base backup has no position.
  if (bytes === null) return;
  report("postgres_replication_lag_bytes", Math.max(0, bytes), { client });
  // The server forgets the time of a replica that has caught up and is idle.
  const lag = seconds ?? (bytes <= 0 ? 0 : undefined);
  if (lag !== undefined) report("postgres_replication_lag_seconds", Math.max(0, lag), { client });
}

/**
 * 0 when all that was received is replayed, as long as anything can be received; else the age of the last replayed
 * transaction. Without the first rule an idle primary would look like a growing lag, without the second a lost
 * connection like none.
 */
export function standbyLag({ streaming, caught_up: caughtUp, since_replay: age }: StandbyRow): number | undefined {
  if (streaming && caughtUp) return 0;
  return age === null ? undefined : Math.max(0, age);
}
