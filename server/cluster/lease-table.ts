import type { SqlEngine } from "../db/sql-engine";
import type { Process } from "./processes";

/** From its last beat on, for so long nobody else collects what a process has. */
export const LEASE_MS = 18_000;

/** Leases and the processes that have them, by the clock of the database. PostgreSQL only. */
export interface LeaseTable {
  /**
   * Says that this process lives. Answers with all that do, and with the instances that are still its own, for another `LEASE_MS`.
   * @param patient takes nobody for gone
   */
  beat(how?: { patient: boolean }): Promise<{ processes: Process[]; held: string[] }>;
  /** Takes those that are nobody's. Answers with what it got. */
  claim(instances: readonly string[]): Promise<string[]>;
  release(instances: readonly string[]): Promise<void>;
  /** Gives everything back. */
  leave(): Promise<void>;
}

const LATER = "clock_timestamp() + ? * interval '1 millisecond'";
const EARLIER = "clock_timestamp() - ? * interval '1 millisecond'";

export function createLeaseTable(engine: SqlEngine, { id, host }: Process): LeaseTable {
  return {
    async beat({ patient = false } = { patient: false }) {
      await engine.query(
        `insert into unity_processes (id, host, seen_at) values (?, ?, clock_timestamp())
         on conflict (id) do update set seen_at = excluded.seen_at`,
        [id, host],
      );
      if (!patient) await engine.query(`delete from unity_processes where seen_at < ${EARLIER}`, [LEASE_MS]);
      const held = await engine.query(
        `update plugin_leases set until = ${LATER} where process = ? returning instance_id`,
        [LEASE_MS, id],
      );
      const processes = await engine.query("select id, host from unity_processes order by id");
      return {
        processes: processes.map(([one, where]) => ({ id: String(one), host: String(where) })),
        held: held.map(([instance]) => String(instance)),
      };
    },
    async claim(instances) {
      if (instances.length === 0) return [];
      const rows = await engine.query(
        `insert into plugin_leases (instance_id, process, until)
         select value, ?, ${LATER} from json_array_elements_text(?::json) as wanted(value)
         on conflict (instance_id) do update set process = excluded.process, until = excluded.until
         where plugin_leases.until < clock_timestamp() or plugin_leases.process = excluded.process
         returning instance_id`,
        [id, LEASE_MS, JSON.stringify(instances)],
      );
      return rows.map(([instance]) => String(instance));
    },
    async release(instances) {
      if (instances.length === 0) return;
      await engine.query(
        "delete from plugin_leases where process = ? and instance_id in (select json_array_elements_text(?::json))",
        [id, JSON.stringify(instances)],
      );
    },
    async leave() {
      await engine.query("delete from plugin_leases where process = ?", [id]);
      await engine.query("delete from unity_processes where id = ?", [id]);
    },
  };
}
