import type { SqlEngine } from "../db/sql-engine";
import type { Company, Process } from "./processes";

/** From its last beat on, for so long nobody else collects what a process has. */
export const LEASE_MS = 18_000;

/**
 * Who was not seen for so long renews its leases one by one: another process may be about to take them, by what it saw before. Else they
 * last because their process is seen, and no row of theirs is written: with a hundred instances, that was as much as their samples.
 */
const RENEW_AFTER_MS = 10_000;

/** A machine that nobody heard of for so long is none any more. */
const FORGET_MS = 90 * 86_400_000;

/** Leases and the processes that have them, by the clock of the database. A lease lasts as long as its process is seen, and `until`. PostgreSQL only. */
export interface LeaseTable {
  /**
   * Says that this process lives. Answers with all that do, and with the instances that are still its own, for another `LEASE_MS`.
   */
  beat(): Promise<Company & { held: string[] }>;
  /** Takes those that are nobody's. Answers with what it got. */
  claim(instances: readonly string[]): Promise<string[]>;
  release(instances: readonly string[]): Promise<void>;
  /** Gives everything back. */
  leave(): Promise<void>;
}

const LATER = "clock_timestamp() + ? * interval '1 millisecond'";
const EARLIER = "clock_timestamp() - ? * interval '1 millisecond'";

export function createLeaseTable(engine: SqlEngine, { id, host }: Process): LeaseTable {
  /** Those that are gone and never met another were this machine, under whatever name; the others' machines are others. */
  async function remember(processes: readonly Process[]): Promise<void> {
    await engine.query(
      `delete from unity_processes where seen_at < ${EARLIER}
       and (not met or seen_at < ${EARLIER} or host in (select json_array_elements_text(?::json)))`,
      [LEASE_MS, FORGET_MS, JSON.stringify(processes.map((one) => one.host))],
    );
    if (processes.length > 1)
      await engine.query("update unity_processes set met = true where id = ? and not met", [id]);
  }

  return {
    async beat() {
      const [row] = await engine.query(
        `with before as (select seen_at from unity_processes where id = ?)
         insert into unity_processes (id, host, seen_at) values (?, ?, clock_timestamp())
         on conflict (id) do update set seen_at = excluded.seen_at
         returning (select case when before.seen_at >= ${EARLIER} then 1 else 0 end from before)`,
        [id, id, host, RENEW_AFTER_MS],
      );
      const held =
        row?.[0] === 1
          ? await engine.query("select instance_id from plugin_leases where process = ?", [id])
          : await engine.query(`update plugin_leases set until = ${LATER} where process = ? returning instance_id`, [
              LEASE_MS,
              id,
            ]);
      const known = await engine.query(
        `select id, host, case when seen_at >= ${EARLIER} then 1 else 0 end, case when met then 1 else 0 end
         from unity_processes order by id`,
        [LEASE_MS],
      );
      const processes = known
        .filter(([, , lives]) => lives === 1)
        .map(([one, where]) => ({ id: String(one), host: String(where) }));
      await remember(processes);
      const hosts = new Set(processes.map((one) => one.host));
      // Who never met another is about to be forgotten: it was this machine, under a name that it has no longer.
      const gone = known
        .filter(([, where, , met]) => met === 1 && !hosts.has(String(where)))
        .map(([, where]) => String(where));
      return { processes, gone, held: held.map(([instance]) => String(instance)) };
    },
    async claim(instances) {
      if (instances.length === 0) return [];
      const rows = await engine.query(
        `insert into plugin_leases (instance_id, process, until)
         select value, ?, ${LATER} from json_array_elements_text(?::json) as wanted(value)
         on conflict (instance_id) do update set process = excluded.process, until = excluded.until
         where plugin_leases.process = excluded.process or (plugin_leases.until < clock_timestamp() and not exists
           (select from unity_processes owner where owner.id = plugin_leases.process and owner.seen_at >= ${EARLIER}))
         returning instance_id`,
        [id, LEASE_MS, JSON.stringify(instances), LEASE_MS],
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
      await engine.query("delete from unity_processes where id = ? and not met", [id]);
      // Whoever met others is remembered, but lives no more.
      await engine.query(`update unity_processes set seen_at = ${EARLIER} where id = ?`, [2 * LEASE_MS, id]);
    },
  };
}
