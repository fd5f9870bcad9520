import { expect, test } from "vitest";
import { describeWith } from "../../../scripts/stores/describe-with";
import type { SqlEngine } from "../../db/sql-engine";
import { openTestPostgres } from "../../db/test-postgres-engine";
import { fenceOff } from "./fence";

const nothing = [{ sql: "select 1" }];

describeWith("postgres", (server) => {
  const open = async () => (await openTestPostgres(server)).engine;
  const worksOf = async (engines: readonly SqlEngine[]) =>
    (await Promise.allSettled(engines.map((one) => one.transaction(nothing)))).map(({ status }) => status);

  test("who led before changes nothing any more, and hears of it once", async () => {
    const engine = await open();
    let told = 0;
    const first = await fenceOff(engine, () => told++);
    expect(await first.transaction(nothing)).toEqual([1]);
    const second = await fenceOff(engine);
    expect(await worksOf([first, first, second])).toEqual(["rejected", "rejected", "fulfilled"]);
    expect(told).toBe(1);
  });

  test("of two that begin at the same moment one leads", async () => {
    const engine = await open();
    let other: SqlEngine | undefined;
    const passed: SqlEngine = {
      ...engine,
      // Stopped between its steps, for as long as another one needs.
      async query(sql, params) {
        other ??= await fenceOff(engine);
        return engine.query(sql, params);
      },
    };
    const mine = await fenceOff(passed);
    if (!other) throw new Error("Nobody was faster.");
    expect((await worksOf([mine, other])).sort()).toEqual(["fulfilled", "rejected"]);
  });
});
