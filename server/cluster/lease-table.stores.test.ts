import { beforeEach, expect, test } from "vitest";
import { describeWith } from "../../scripts/stores/describe-with";
import { openTestPostgres } from "../db/test-postgres-engine";
import { createLeaseTable, type LeaseTable } from "./lease-table";

describeWith("postgres", (server) => {
  const instances = ["a", "b", "c"];
  let nas: LeaseTable;
  let pi: LeaseTable;
  let run: (sql: string) => Promise<unknown[]>;
  /** As if nobody had heard of it for a while. */
  const silence = async (id: string, seconds: number) => {
    const earlier = `interval '${seconds} seconds'`;
    await run(`update unity_processes set seen_at = seen_at - ${earlier} where id = '${id}'`);
    await run(`update plugin_leases set until = until - ${earlier} where process = '${id}'`);
  };

  beforeEach(async () => {
    const { engine, run: ask } = await openTestPostgres(server);
    run = ask;
    nas = createLeaseTable(engine, { id: "1", host: "nas" });
    pi = createLeaseTable(engine, { id: "2", host: "pi" });
    await nas.beat();
    await nas.claim(instances);
  });

  test("what a process that lives has nobody takes, however long it has it; what one had that is gone anybody may", async () => {
    await pi.beat();
    expect(await pi.claim(instances)).toEqual([]);
    await run("update plugin_leases set until = until - interval '1 hour'");
    expect(await pi.claim(instances)).toEqual([]);
    await silence("1", 19);
    expect((await pi.claim(["a", "b"])).sort()).toEqual(["a", "b"]);
    const { held, processes } = await nas.beat();
    expect(held).toEqual(["c"]);
    expect(processes.map(({ host }) => host)).toEqual(["nas", "pi"]);
    expect(await pi.claim(["c"])).toEqual([]);
  });

  test("a beat changes no lease, but after a while in which others may have looked", async () => {
    const rows = () => run("select instance_id, xmin::text, until from plugin_leases order by 1");
    const before = await rows();
    for (let beat = 0; beat < 3; beat++) expect((await nas.beat()).held.sort()).toEqual(instances);
    expect(await rows()).toEqual(before);
    await silence("1", 60);
    expect((await nas.beat()).held.sort()).toEqual(instances);
    const [row] = await run("select count(*)::int as count from plugin_leases where until > clock_timestamp()");
    expect(row).toEqual({ count: 3 });
  });
});
