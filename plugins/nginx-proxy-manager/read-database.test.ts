import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { afterAll, expect, test } from "vitest";
import { runPlugin } from "../../scripts/run-plugin";
import plugin from ".";

const folder = mkdtempSync(join(tmpdir(), "unity-npm-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The tables as its migrations make them, with the columns that are read and some that must not be. */
function makeDatabase(name: string): { path: string; database: Database.Database } {
  const path = join(folder, name);
  const database = new Database(path);
  const host =
    "id integer primary key, is_deleted integer default 0, certificate_id integer, enabled integer, meta text";
  database.exec(`
    create table proxy_host (${host}, domain_names text, forward_scheme text, forward_host text, forward_port integer);
    create table redirection_host (${host}, domain_names text, forward_domain_name text);
    create table dead_host (${host}, domain_names text);
    create table stream (${host}, incoming_port integer, forwarding_host text, forwarding_port integer);
    create table certificate (id integer primary key, is_deleted integer default 0, provider text, nice_name text,
      domain_names text, expires_on datetime, meta text);
    insert into proxy_host values (1, 0, 1, 1, '{"nginx_online":true}', '["a.lab"]', 'http', 'nas', 80);
    insert into proxy_host values (2, 1, 1, 1, '{}', '["deleted.lab"]', 'http', 'nas', 80);
    insert into proxy_host values (3, 0, 0, 1, '{"nginx_online":false,"nginx_err":"no"}', '["b.lab"]', 'http', 'nas', 80);
    insert into stream values (1, 0, 2, 1, '{"nginx_online":true}', 25565, 'nas', 25565);
    insert into certificate values (1, 0, 'letsencrypt', 'a.lab', '["a.lab"]', '2026-11-02 08:00:00', 'dns_token=secret');
    insert into certificate values (2, 0, 'other', 'stream', '[]', '2026-11-02 08:00:00', '{}');
  `);
  return { path, database };
}

const collect = async (databasePath: string) => {
  // Nothing listens on port 1: the database is all there is.
  const { collected, world } = await runPlugin(plugin, { url: "http://127.0.0.1:1", databasePath });
  const value = (metric: string, label = "") =>
    collected.readings.find(
      (one) => one.metric === metric && (label === "" || Object.values(one.labels).includes(label)),
    )?.value;
  return { ...collected, value, world };
};

test("reads hosts and certificates that are not deleted, and no credentials", async () => {
  const { path, database } = makeDatabase("odd name #1?.sqlite");
  database.close();
  const { failure, value, world, readings } = await collect(path);
  expect(failure).toBeUndefined();
  expect(value("npm_host_online", "a.lab")).toBe(1);
  expect(value("npm_host_online", "b.lab")).toBe(0);
  expect(value("npm_hosts_config_error")).toBe(1);
  expect(value("npm_hosts_without_tls")).toBe(1);
  expect(value("npm_certificate_unused", "a.lab")).toBe(0);
  expect(value("npm_certificate_unused", "stream")).toBe(0);
  expect(value("npm_certificate_expiry_timestamp_seconds", "a.lab")).toBe(Date.UTC(2026, 10, 2, 8) / 1_000);
  expect(JSON.stringify([readings, world()])).not.toMatch(/deleted\.lab|secret/);
});

test("reads while another program writes", async () => {
  const { path, database } = makeDatabase("busy.sqlite");
  database.exec("pragma journal_mode = wal; begin immediate; update proxy_host set enabled = 0");
  const { failure, value } = await collect(path);
  expect(failure).toBeUndefined();
  expect(value("npm_hosts", "enabled")).toBe(2);
  database.exec("rollback");
  database.close();
});

test("makes no file where there is none, and says what a file is not", async () => {
  const none = join(folder, "none.sqlite");
  expect((await collect(none)).failure?.reason).toBe("not_found");
  expect(existsSync(none)).toBe(false);
  const text = join(folder, "text.sqlite");
  writeFileSync(text, "not a database ".repeat(100));
  expect((await collect(text)).failure?.reason).toBe("protocol");
  const empty = join(folder, "empty.sqlite");
  writeFileSync(empty, "");
  expect((await collect(empty)).failure?.reason).toBe("protocol");
  expect(readdirSync(folder).filter((name) => /^(none|text|empty)/.test(name))).toEqual([
    "empty.sqlite",
    "text.sqlite",
  ]);
});
