/** What every query depends on: what a server of this version and role has, and under which names. */
export interface ServerKind {
  /** As server_version_num: 150018 is 15.18. */
  readonly versionNum: number;
  readonly inRecovery: boolean;
}

/** More rows than this from one query are cut off by the server. */
const MAX_ROWS = 2_000;

/** Names that become rows of the inventory. */
const SETTINGS = [
  "archive_mode",
  "autovacuum",
  "data_checksums",
  "effective_cache_size",
  "fsync",
  "full_page_writes",
  "hot_standby",
  "maintenance_work_mem",
  "max_connections",
  "max_wal_size",
  "reserved_connections",
  "server_encoding",
  "shared_buffers",
  "ssl",
  "superuser_reserved_connections",
  "synchronous_commit",
  "wal_level",
  "work_mem",
] as const;

export const SERVER = `select current_setting('server_version_num')::int as version_num,
 current_setting('server_version') as version,
 pg_is_in_recovery() as in_recovery,
 extract(epoch from pg_postmaster_start_time())::float8 as started_at,
 pg_has_role(current_user, 'pg_read_all_stats', 'usage') as reads_all`;

export const SETTINGS_LIST = `select name, setting, current_setting(name) as shown from pg_settings
 where name in (${SETTINGS.map((name) => `'${name}'`).join(", ")}) order by name`;

export const SETTINGS_PENDING = "select count(*)::int as pending from pg_settings where pending_restart";

/** Without pg_read_all_stats the kind of other users' backends is hidden, while their database is not. */
export const CONNECTIONS = `select coalesce(datname, '') as database, coalesce(state, 'unknown') as state, count(*)::int as connections
 from pg_stat_activity
 where backend_type = 'client backend' or (backend_type is null and datname is not null)
 group by 1, 2 order by 1, 2 limit ${MAX_ROWS}`;

export const LONGEST = `select
 coalesce(extract(epoch from max(clock_timestamp() - xact_start)), 0)::float8 as transaction,
 coalesce(extract(epoch from max(clock_timestamp() - query_start) filter (where state = 'active')), 0)::float8 as query,
 coalesce(extract(epoch from max(clock_timestamp() - state_change) filter (where state like 'idle in transaction%')), 0)::float8 as idle,
 (count(*) filter (where wait_event_type = 'Lock'))::int as blocked
 from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`;

export const LOCKS = "select count(*)::int as waiting from pg_locks where not granted";

/** The row without a name is of what all databases share. */
export const DATABASES = `select s.datid::text as oid, d.datname as name, coalesce(d.datistemplate, false) as template,
 age(d.datfrozenxid)::float8 as xid_age,
 s.xact_commit::float8 as committed, s.xact_rollback::float8 as rolled_back,
 s.blks_hit::float8 as hit, s.blks_read::float8 as read,
 s.tup_returned::float8 as returned, s.tup_fetched::float8 as fetched, s.tup_inserted::float8 as inserted,
 s.tup_updated::float8 as updated, s.tup_deleted::float8 as deleted,
 s.deadlocks::float8 as deadlocks, s.conflicts::float8 as conflicts, s.temp_bytes::float8 as temp_bytes,
 s.checksum_failures::float8 as checksum_failures
 from pg_stat_database s left join pg_database d on d.oid = s.datid
 order by d.datname nulls first limit ${MAX_ROWS}`;

/** @param oids what DATABASES said, checked to be digits: no name reaches the text of a query */
export function sizesQuery(oids: readonly string[]): string {
  return `select oid::text as oid, pg_database_size(oid)::float8 as bytes from pg_database
 where oid in (${oids.join(", ")})
 and (has_database_privilege(oid, 'connect') or pg_has_role(current_user, 'pg_read_all_stats', 'usage'))`;
}

export const WAL_SIZE = "select coalesce(sum(size), 0)::float8 as bytes from pg_ls_waldir()";

/** 17 moved the checkpoints into a view of their own. */
export function checkpointsQuery({ versionNum }: ServerKind): string {
  if (versionNum >= 170_000)
    return "select num_timed::float8 as timed, num_requested::float8 as requested from pg_stat_checkpointer";
  return "select checkpoints_timed::float8 as timed, checkpoints_req::float8 as requested from pg_stat_bgwriter";
}

export const ARCHIVER =
  "select archived_count::float8 as archived, failed_count::float8 as failed from pg_stat_archiver";

/** Where the WAL ends: what was written, or on a standby what was received. Each fails on the other kind. */
const walEnd = ({ inRecovery }: ServerKind) => (inRecovery ? "pg_last_wal_receive_lsn()" : "pg_current_wal_lsn()");

/** A base backup is a client here too, without positions. */
export function replicasQuery(server: ServerKind): string {
  return `select coalesce(application_name, '') as application, coalesce(host(client_addr), '') as address,
 coalesce(state, 'unknown') as state, coalesce(sync_state, '') as sync_state,
 pg_wal_lsn_diff(${walEnd(server)}, replay_lsn)::float8 as lag_bytes,
 extract(epoch from replay_lag)::float8 as lag_seconds
 from pg_stat_replication order by 1, 2, pid limit ${MAX_ROWS}`;
}

export function slotsQuery(server: ServerKind): string {
  return `select slot_name as name, slot_type as type, active,
 ${server.versionNum >= 130_000 ? "coalesce(wal_status, '')" : "''"} as wal_status,
 pg_wal_lsn_diff(${walEnd(server)}, restart_lsn)::float8 as retained
 from pg_replication_slots where not temporary order by 1 limit ${MAX_ROWS}`;
}

/** Without pg_read_all_stats only the receiver's pid is seen. */
export const STANDBY = `select
 exists(select 1 from pg_stat_wal_receiver where coalesce(status, 'streaming') = 'streaming') as streaming,
 coalesce(pg_last_wal_receive_lsn() <= pg_last_wal_replay_lsn(), false) as caught_up,
 extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp())::float8 as since_replay,
 (select sender_host from pg_stat_wal_receiver limit 1) as sender_host,
 (select sender_port from pg_stat_wal_receiver limit 1) as sender_port`;

export const TABLES = `select schemaname as schema, relname as name, n_dead_tup::float8 as dead, n_live_tup::float8 as live,
 extract(epoch from greatest(last_vacuum, last_autovacuum))::float8 as vacuumed_at
 from pg_stat_user_tables order by n_dead_tup desc, 1, 2 limit 20`;

/** 13 divided the time into planning and execution. */
export function statementsQuery({ versionNum }: ServerKind): string {
  const total = versionNum >= 130_000 ? "total_exec_time" : "total_time";
  return `select left(query, 200) as query, calls::float8 as calls, (${total} / 1000)::float8 as seconds, rows::float8 as rows
 from pg_stat_statements order by ${total} desc limit 10`;
}
