import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import postgres from "postgres";
import { findPort } from "../../scripts/services/find-port";
import { makeCertificates } from "../../server/collect/doors/test-certificates";

const ADMIN_PASSWORD = "admin-secret";
export const PASSWORD = "unity-secret";
/** PostgreSQL refuses to run as root. */
const asUser = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

type Name = "primary" | "standby";

export interface Cluster {
  readonly folder: string;
  readonly ports: Readonly<Record<Name, number>>;
  /** The server's certificate is for other.test, signed by this CA. */
  readonly caPem: string;
  connect(database: string, port?: number): postgres.Sql;
  /** Runs statements in a session of their own: what it did is counted for sure when it ends. */
  execute(text: string, database?: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  stop(name: Name): void;
  remove(): Promise<void>;
}

const binaries = findBinaries();
function findBinaries(): string | undefined {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  return versions.map((version) => join(root, version, "bin")).find((folder) => existsSync(join(folder, "initdb")));
}

/** Why no cluster can be made here, or undefined. */
export function whyNoCluster(): string | undefined {
  if (!binaries) return "needs PostgreSQL's server: apt-get install postgresql";
  try {
    execFileSync("openssl", ["version"]);
    return undefined;
  } catch {
    return "needs openssl";
  }
}

/** For tests only: a primary with TLS, a database shop, the roles unity and nobody, and a streaming standby with a slot. */
export async function startCluster(): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), "unity-postgres-"));
  if (asUser.uid !== undefined) chownSync(folder, asUser.uid, asUser.gid);
  chmodSync(folder, 0o755);
  const ports = { primary: await findPort(), standby: await findPort() };
  const { caPem, otherName } = makeCertificates();
  const clients: postgres.Sql[] = [];

  const connect = (database: string, port = ports.primary) => {
    const login = { host: "127.0.0.1", port, user: "postgres", password: ADMIN_PASSWORD, database };
    const connection = { application_name: "test" };
    const client = postgres({ ...login, max: 1, fetch_types: false, onnotice: () => {}, connection });
    clients.push(client);
    return client;
  };
  const execute = async (text: string, database = "shop") => {
    const client = connect(database);
    const rows = await client.unsafe(text);
    await client.end();
    return [...rows];
  };
  const data = (name: string) => join(folder, name);
  const stop = (name: Name) => tool("pg_ctl", "-w", "-m", "fast", "-D", data(name), "stop");
  const start = (name: Name) => tool("pg_ctl", "-w", "-t", "120", "-D", data(name), "-l", data(`${name}.log`), "start");
  const remove = async () => {
    await Promise.all(clients.map((client) => client.end({ timeout: 1 })));
    for (const name of ["standby", "primary"] as const) if (existsSync(join(data(name), "postmaster.pid"))) stop(name);
    rmSync(folder, { recursive: true });
  };

  try {
    const settings = {
      port: ports.primary,
      listen_addresses: "127.0.0.1",
      unix_socket_directories: folder,
      fsync: "off",
      ssl: "on",
      max_connections: 30,
      shared_buffers: "16MB",
      wal_level: "replica",
      autovacuum: "off",
    };
    writeOwned(data("password"), ADMIN_PASSWORD);
    const login = ["-A", "scram-sha-256", "-U", "postgres", "--pwfile", data("password")];
    tool("initdb", "--no-sync", ...login, "-D", data("primary"));
    writeOwned(join(data("primary"), "server.crt"), otherName.cert);
    writeOwned(join(data("primary"), "server.key"), otherName.key);
    configure(data("primary"), settings);
    start("primary");
    await execute(`create role unity login password '${PASSWORD}' in role pg_monitor`, "postgres");
    await execute(`create role nobody login password '${PASSWORD}'`, "postgres");
    await execute("create database shop", "postgres");
    await execute("create table orders (id int primary key, note text)");

    const source = ["-h", "127.0.0.1", "-p", String(ports.primary), "-U", "postgres"];
    const copy = ["-R", "-X", "stream", "-C", "-S", "slot1", "-c", "fast", "--no-sync"];
    tool("pg_basebackup", ...source, ...copy, "-D", data("standby"));
    configure(data("standby"), { port: ports.standby, cluster_name: "standby1" });
    start("standby");
    return { folder, ports, caPem, connect, execute, stop, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

function tool(name: string, ...args: string[]): void {
  execFileSync(join(binaries ?? "", name), args, {
    ...asUser,
    env: { ...process.env, PGPASSWORD: ADMIN_PASSWORD, LC_ALL: "C" },
    // A server that is started keeps these open; a pipe would never end.
    stdio: "ignore",
  });
}

function configure(folder: string, settings: Readonly<Record<string, string | number>>): void {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'\n`);
  appendFileSync(join(folder, "postgresql.conf"), lines.join(""));
}

function writeOwned(path: string, text: string): void {
  writeFileSync(path, text, { mode: 0o600 });
  if (asUser.uid !== undefined) chownSync(path, asUser.uid, asUser.gid);
}
