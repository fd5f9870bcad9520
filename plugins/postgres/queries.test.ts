import { describe, expect, test } from "vitest";
import { checkpointsQuery, replicasQuery, sizesQuery, slotsQuery, statementsQuery } from "./queries";

const primary = (major: number) => ({ versionNum: major * 10_000 + 3, inRecovery: false });
const standby = (major: number) => ({ ...primary(major), inRecovery: true });

describe.each([12, 13, 14, 15, 16, 17, 18])("PostgreSQL %i", (major) => {
  test("counts checkpoints where this version keeps them", () => {
    const view = major >= 17 ? "pg_stat_checkpointer" : "pg_stat_bgwriter";
    const column = major >= 17 ? "num_timed" : "checkpoints_timed";
    expect(checkpointsQuery(primary(major))).toContain(view);
    expect(checkpointsQuery(primary(major))).toContain(column);
  });

  test("asks for what slots and statements have in this version", () => {
    expect(slotsQuery(primary(major)).includes("coalesce(wal_status")).toBe(major >= 13);
    expect(statementsQuery(primary(major)).includes("total_exec_time")).toBe(major >= 13);
  });

  test("measures from the end of the WAL that a primary or a standby has", () => {
    for (const query of [replicasQuery, slotsQuery]) {
      expect(query(primary(major))).toContain("pg_current_wal_lsn()");
      expect(query(primary(major))).not.toContain("pg_last_wal");
      expect(query(standby(major))).toContain("pg_last_wal_receive_lsn()");
      expect(query(standby(major))).not.toContain("pg_current_wal");
    }
  });
});

test("sizes are asked for by number", () => {
  expect(sizesQuery(["5", "16384"])).toContain("oid in (5, 16384)");
});
