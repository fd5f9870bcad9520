import { randomBytes } from "node:crypto";
import { createConnection } from "mysql2/promise";
import postgres from "postgres";

/** A database of a test's own on a server. */
export interface TestDatabase {
  readonly url: string;
  /** Runs statements there as an administrator would, past Unity. */
  run(sql: string): Promise<unknown[]>;
  drop(): Promise<void>;
}

/** With a sign that wants quotes, as people's names have. */
const nameOne = () => `unity-test-${randomBytes(6).toString("hex")}`;

function within(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

/** @param server an address that may create databases */
export async function createPostgresDatabase(server: string): Promise<TestDatabase> {
  const name = nameOne();
  const url = within(server, name);
  const asAdmin = async (address: string, sql: string) => {
    const client = postgres(address, { max: 1, onnotice: () => undefined });
    try {
      return [...(await client.unsafe(sql))];
    } finally {
      await client.end();
    }
  };
  await asAdmin(server, `create database "${name}"`);
  return {
    url,
    run: (sql) => asAdmin(url, sql),
    drop: async () => void (await asAdmin(server, `drop database "${name}" with (force)`)),
  };
}

/** @param server an address that may create databases */
export async function createMysqlDatabase(server: string): Promise<TestDatabase> {
  const name = nameOne();
  const url = within(server, name);
  const asAdmin = async (address: string, sql: string) => {
    const connection = await createConnection({ uri: address, multipleStatements: true });
    try {
      const [rows] = await connection.query(sql);
      return Array.isArray(rows) ? rows : [];
    } finally {
      await connection.end();
    }
  };
  // Not what Unity wants: its tables must not depend on it.
  await asAdmin(server, `create database \`${name}\` character set latin1`);
  return {
    url,
    run: (sql) => asAdmin(url, sql),
    drop: async () => void (await asAdmin(server, `drop database \`${name}\``)),
  };
}

export const migrationsRoot = new URL("../../drizzle/migrations", import.meta.url).pathname;
