import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";

/** For tests only: a SQLite database of such statements, as bytes. */
export async function makeDatabase(statements: readonly string[]): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), "unity-foreign-"));
  const file = join(folder, "foreign.db");
  try {
    const database = new Database(file);
    for (const statement of statements) database.exec(statement);
    database.close();
    return new Uint8Array(await readFile(file));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The columns that 1.23 and 2.0 share; 2.0 has `json_path_operator` and `conditions` besides. */
const MONITOR = `id integer primary key autoincrement, name varchar(150), active boolean default 1 not null, user_id integer,
  interval integer default 20 not null, url text, type varchar(20), weight integer default 2000, hostname varchar(255), port integer,
  created_date datetime, keyword varchar(255), maxretries integer not null default 0, ignore_tls boolean default 0 not null,
  upside_down boolean default 0 not null, maxredirects integer default 10 not null,
  accepted_statuscodes_json text default '["200-299"]' not null, dns_resolve_type varchar(5), dns_resolve_server varchar(255),
  dns_last_result varchar(255), retry_interval integer default 0 not null, push_token varchar(20), method text default 'GET' not null,
  body text, headers text, basic_auth_user text, basic_auth_pass text, docker_host integer, docker_container varchar(255),
  proxy_id integer, expiry_notification boolean default 1, auth_method varchar(250), resend_interval integer default 0 not null,
  http_body_encoding varchar(25), description text, parent integer, invert_keyword boolean default 0 not null, json_path text,
  expected_value varchar(255), timeout double default 0 not null`;
const TABLES = [
  "create table notification (id integer primary key, name varchar(255), active boolean default 1, user_id integer, is_default boolean, config longtext)",
  "create table tag (id integer primary key, name varchar(255), color varchar(255), created_date datetime)",
  "create table monitor_tag (id integer primary key, monitor_id integer, tag_id integer, value text)",
  "create table docker_host (id integer primary key, user_id int, docker_daemon varchar(255), docker_type varchar(255), name varchar(255))",
  "create table maintenance (id integer primary key, title varchar(150), active boolean)",
  "create table status_page (id integer primary key, slug varchar(255), title varchar(255))",
  "create table heartbeat (id integer primary key, important boolean, monitor_id integer, status smallint, msg text, time datetime)",
];

/** `kuma.db` of 1.23 or 2.0. */
export const makeKuma = (version: 1 | 2, rows: readonly string[]) =>
  makeDatabase([
    `create table monitor (${MONITOR}${version === 2 ? ", json_path_operator varchar(255), conditions text not null default '[]'" : ""})`,
    ...TABLES,
    ...rows,
  ]);

/** `data.db` of Beszel 0.12, as PocketBase makes tables. */
export const makeBeszel = (rows: readonly string[]) =>
  makeDatabase([
    "create table systems (id text primary key, name text default '' not null, status text default '', host text default '', port text default '', info json, users json default '[]', created text, updated text)",
    "create table alerts (id text primary key, user text default '', system text default '', name text default '', value numeric default 0, min numeric default 0, triggered boolean default false, created text, updated text)",
    "create table user_settings (id text primary key, user text, settings json, created text, updated text)",
    "create table fingerprints (id text primary key, system text, token text, fingerprint text, updated text)",
    ...rows,
  ]);
