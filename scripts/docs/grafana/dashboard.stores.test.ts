import { readFileSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { expect, test, vi } from "vitest";
import { createPostgresDatabase } from "../../../server/db/test-servers";
import { openServed } from "../../../server/http/test-matrix";
import { describeWith } from "../../stores/describe-with";
import { readFencedBlocks } from "../fenced-blocks";
import { ROOT } from "../list-pages";
import { writeDashboard } from "./dashboard";
import { ROWS } from "./panels";

// As WebAssembly, on a busy machine.
vi.setConfig({ testTimeout: 300_000 });

const BLOCKS = readFencedBlocks(readFileSync(join(ROOT, "docs/grafana.md"), "utf8"));
const ROLE = "unity_test_grafana";

/** As Grafana's PostgreSQL data source does, with TimescaleDB switched on and all that may be chosen chosen. */
function expand(sql: string, chosen: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(chosen)
    .reduce(
      (text, [name, values]) =>
        text.replaceAll(`$${name}`, values.map((one) => `'${one.replaceAll("'", "''")}'`).join(",")),
      sql,
    )
    .replaceAll("$__timeGroupAlias(time, $__interval)", `time_bucket('15.000s', time) AS "time"`)
    .replaceAll("$__timeGroup(time, $__interval)", "time_bucket('15.000s', time)")
    .replaceAll("$__timeFilter(time)", "time BETWEEN now() - interval '6 hours' AND now()");
}

describeWith("timescale", (server) => {
  test("what the board asks is answered with what Unity collected, by a user who sees only the views", async () => {
    const database = await createPostgresDatabase(server);
    const served = await openServed({ DATABASE_URL: database.url });
    try {
      served.unity.start();
      await vi.waitFor(() => expect(served.unity.tally.totals().samples).toBeGreaterThan(300), { timeout: 120_000 });
      await served.close(); // what it holds in memory is written, and the server below is its alone
      await provideRole(database);
      const client = postgres(database.url, { max: 1, onnotice: () => undefined });
      // As WebAssembly the server lets everybody in as its owner.
      await client.unsafe(`set role ${ROLE}`);
      const ask = async (sql: string) => [...(await client.unsafe(sql))];
      try {
        await expect(ask("select * from plugins")).rejects.toThrow(/permission denied/);
        const { list } = writeDashboard().templating;
        const queryOf = (name: string) => String(list.find((one) => one.name === name)?.query);
        const host = (await ask(queryOf("host"))).map((row) => String(row.host));
        expect(host).toHaveLength(1);
        const instance = (await ask(expand(queryOf("instance"), { host }))).map((row) => String(row.instance));
        // What watches a machine is named after it.
        expect(instance).toEqual(host);
        const answers = new Map<string, readonly object[]>();
        for (const { title, kind, sql } of ROWS.flatMap(({ panels }) => panels)) {
          const rows = await ask(expand(sql, { host, instance }));
          answers.set(title, rows);
          if (kind === "timeseries" && rows[0])
            expect(rows[0], title).toEqual({
              time: expect.any(Date),
              metric: expect.any(String),
              value: expect.any(Number),
            });
        }
        expect(answers.get("CPU")?.at(0)).toMatchObject({ metric: host[0] });
        expect(answers.get("Memory")).not.toEqual([]);
        expect(answers.get("Collected")).toEqual([{ value: expect.any(Number) }]);
        expect(answers.get("Fullest file system")).toEqual([{ value: expect.any(Number) }]);
        expect(answers.get("File systems")?.at(0)).toMatchObject({ host: host[0], mount: expect.any(String) });
        expect(answers.get("Endpoints down")).toEqual([{ value: "0" }]);
        for (const { text } of BLOCKS.filter(({ language }) => language === "sql"))
          if (text.includes("select") && !text.includes("create role")) await ask(expand(text, { host, instance }));
      } finally {
        await client.unsafe("reset role");
        await client.end();
      }
    } finally {
      await served.close();
      await database.run(`drop owned by ${ROLE}`).catch(() => undefined);
      await database.run(`drop role if exists ${ROLE}`);
      await database.drop();
    }
  });

  /** As the page says. */
  async function provideRole(database: Awaited<ReturnType<typeof createPostgresDatabase>>): Promise<void> {
    const block = BLOCKS.find(({ text }) => text.includes("create role"));
    const statements = (block?.text ?? "").replaceAll("grafana", ROLE).replace("'...'", "'a password'");
    expect(statements).toContain("grant select");
    await database.run(`drop role if exists ${ROLE}`);
    await database.run(statements);
  }
});
