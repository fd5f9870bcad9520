import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Copy, copyRepository } from "./test-copy";

/** For each rule a file that breaks it: what it holds, and what the check must say. */
const PLANTED = [
  ["app-composes", "app/planted-1.ts", 'export { readEnv } from "@/server/env";'],
  ["app-without-data", "app/planted-2.ts", 'export type { Plugin } from "@/plugins/sdk/plugin";'],
  ["app-without-data", "app/planted-3.ts", 'export { defineSchema } from "@/drizzle/schema";'],
  ["components-are-shown", "components/planted-1.ts", 'export { appRouter } from "@/server/trpc/router";'],
  ["components-one-door", "components/data/trpc-server.ts", 'export { appRouter } from "@/server/trpc/router";'],
  ["components-types", "components/planted-2.ts", 'export type { Unity } from "@/server/unity";'],
  ["components-alone", "components/planted-3.ts", 'export { default } from "@/app/layout";'],
  ["components-sdk-types", "components/planted-4.ts", 'export { UNITS } from "@/plugins/sdk/units";'],
  ["server-without-pages", "server/planted-1.ts", 'export { default } from "@/app/layout";'],
  ["server-loads-plugins", "server/planted-2.ts", 'export { default } from "../plugins/disk/index";'],
  ["procedures-are-thin", "server/trpc/planted-1.ts", 'export { createScheduler } from "../collect/scheduler";'],
  ["procedures-without-database", "server/trpc/planted-2.ts", 'export { sql } from "drizzle-orm";'],
  ["procedures-without-database", "server/http/planted-1.ts", 'export { openSqlite } from "../db/sqlite";'],
  ["alerts", "server/alerts/planted-1.ts", 'export { createScheduler } from "../collect/scheduler";'],
  ["collect", "server/collect/planted-1.ts", 'export type { AppRouter } from "../trpc/router";'],
  ["assist", "server/assist/planted-1.ts", 'export { appRouter } from "../trpc/router";'],
  ["describe", "server/describe/planted-1.ts", 'export { createAssist } from "../assist/assist";'],
  ["mcp", "server/mcp/planted-1.ts", 'export { createScheduler } from "../collect/scheduler";'],
  ["vault", "server/vault/planted-1.ts", 'export { createScheduler } from "../collect/scheduler";'],
  ["metrics", "server/metrics/planted-1.ts", 'export { createScheduler } from "../collect/scheduler";'],
  ["db", "server/db/planted-1.ts", 'export { UnityError } from "../errors";'],
  ["drivers", "server/planted-3.ts", 'export { default } from "libsql";'],
  ["drivers", "server/planted-4.ts", 'export { default } from "postgres";'],
  ["main-is-the-end", "server/planted-5.ts", 'import "./main";'],
  ["plugins-stand-alone", "plugins/disk/planted-1.ts", 'export { default } from "../network/index";'],
  ["plugins-stand-alone", "plugins/disk/planted-2.ts", 'export { readEnv } from "../../server/env";'],
  ["plugins-through-context", "plugins/disk/planted-3.ts", 'export { readFile } from "node:fs/promises";'],
  ["plugins-through-context", "plugins/disk/planted-4.ts", 'export { exec } from "node:child_process";'],
  ["plugins-through-context", "plugins/disk/planted-5.ts", 'export { connect } from "node:net";'],
  ["plugins-through-context", "plugins/disk/planted-6.ts", 'export { request } from "https";'],
  ["sdk", "plugins/sdk/planted-1.ts", 'export { uuidv7 } from "uuid";'],
  ["drizzle", "drizzle/planted-1.ts", 'export { readEnv } from "../server/env";'],
  ["drizzle-sdk-types", "drizzle/planted-2.ts", 'export { UNITS } from "../plugins/sdk/units";'],
  ["no-test-code-in-product", "server/planted-6.ts", 'export { test } from "vitest";'],
  ["no-test-code-in-product", "server/planted-7.ts", 'export { test } from "../e2e/server";'],
  ["no-unresolved", "server/planted-8.ts", 'export { nothing } from "./nowhere";'],
  ["no-cycles", "server/planted-egg.ts", 'import { hen } from "./planted-hen";\nexport const egg = () => hen;'],
  ["no-cycles", "server/planted-hen.ts", 'import { egg } from "./planted-egg";\nexport const hen = () => egg;'],
] as const;

let copy: Copy;
let said: { code: number | null; output: string };

beforeAll(async () => {
  copy = await copyRepository();
  await copy.plant(Object.fromEntries(PLANTED.map(([, file, text]) => [file, `${text}\n`])));
  said = await copy.check("layers");
}, 120_000);
afterAll(() => copy.remove());

test.each(PLANTED)("%s is broken by %s", (rule, file) => {
  // A cycle is told once, by one of its files.
  const named = rule === "no-cycles" ? "server/planted-(egg|hen).ts" : file;
  expect(said.output).toMatch(new RegExp(`error ${rule}: ${named} `));
});

test("what is broken fails the check", () => {
  expect(said.code).toBe(1);
});

test("every rule has a file that breaks it", async () => {
  const config = await readFile(".dependency-cruiser.cjs", "utf8");
  const rules = [...config.matchAll(/never\(\s*"([^"]+)"/g)].map(([, name]) => name);
  expect([...new Set(PLANTED.map(([rule]) => rule))].sort()).toEqual(rules.sort());
});
