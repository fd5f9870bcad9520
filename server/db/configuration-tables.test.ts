import { expect, test } from "vitest";
import { configurationTables, copyPrefix, outdatedCopies } from "./configuration-tables";

test("what is copied is every table that migrations made, but for samples", () => {
  const statements = [
    "-- By hand: a reason.\nCREATE TABLE `plugins` (id int)",
    'CREATE TABLE "settings" (key text)',
    "create table if not exists alerts (id int)",
    "CREATE TABLE `plugin_metrics_chunk` (id int)",
    "CREATE UNIQUE INDEX plugins_name ON plugins (name)",
    "ALTER TABLE plugins ADD COLUMN create_table int",
  ];
  expect(configurationTables([{ hash: "", at: 1, statements }])).toEqual(["plugins", "settings", "alerts"]);
});

test("of copies the newest stay beside those that are made now", () => {
  const [old, newer] = [copyPrefix(new Date(0)), copyPrefix(new Date(1e12))];
  const tables = ["plugins", `${old}plugins`, `${newer}plugins`, `${old}settings`, "unity_before_mine"];
  expect(outdatedCopies(tables)).toEqual([`${old}plugins`, `${old}settings`]);
  expect(outdatedCopies(["plugins"])).toEqual([]);
});
