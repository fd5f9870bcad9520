import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { expect, test } from "vitest";
import { runDb } from "../../server/db-command";
import { describeWith } from "../stores/describe-with";
import { readFencedBlocks } from "./fenced-blocks";
import { ROOT } from "./list-pages";

const BLOCKS = readFencedBlocks(readFileSync(join(ROOT, "docs/postgresql.md"), "utf8"));

describeWith("postgres", (server) => {
  test("what docs/postgresql.md says to type makes a database that Unity sets up, and that others do not get into", async () => {
    const name = `unity_docs_${randomBytes(4).toString("hex")}`;
    const admin = postgres(server, { max: 1, onnotice: () => undefined });
    const statements = BLOCKS.filter(({ language, above }) => language === "sql" && !above.startsWith("<!--"))
      .flatMap(({ text }) => text.split(";"))
      .map((one) => one.replace(/\bunity\b/g, name).trim())
      .filter(Boolean);
    expect(statements).toHaveLength(3);
    try {
      for (const one of statements) await admin.unsafe(one);
      const said = BLOCKS.find(({ text }) => text.includes("DATABASE_URL"))?.text ?? "";
      const address = new URL(/DATABASE_URL='([^']+)'/.exec(said)?.[1] ?? "");
      const there = new URL(server);
      address.username = name;
      [address.host, address.pathname, address.search] = [there.host, `/${name}`, there.search];
      const told: string[] = [];
      const screen = { write: () => true };
      const out = { write: (text: string) => told.push(text) };
      await runDb(["init"], { env: { DATABASE_URL: address.href }, screen, out });
      expect(JSON.parse(told.join(""))).toMatchObject({ created: false, migrations: expect.any(Number), instances: 0 });
      const [row] = await admin`select has_database_privilege('public', ${name}, 'connect') as may`;
      expect(row).toEqual({ may: false });
    } finally {
      await admin.unsafe(`drop database if exists "${name}" with (force)`);
      await admin.unsafe(`drop role if exists "${name}"`);
      await admin.end();
    }
  });
});
