import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { createConnection } from "mysql2/promise";
import type { Service } from "../../scripts/services/service";

const PASSWORD = "unity-secret";

/** The tables of a server's own take the longest to make: once for both servers of a test. */
const makeTemplate = (service: Service, folder: string) =>
  service.run("mariadb-install-db", [
    ...["--no-defaults", `--datadir=${folder}`, "--user=root", "--innodb-log-file-size=4M"],
    ...["--auth-root-authentication-method=normal", "--skip-test-db"],
  ]);

/** For tests only: a server of its own with a user unity, who may look, and a user nobody. */
export async function startMariadb(service: Service, name: string, ...more: string[]) {
  const folder = join(service.folder, name);
  const socketPath = join(service.folder, `${name}.sock`);
  const port = await service.port();
  const template = join(service.folder, "template");
  if (!existsSync(template)) await makeTemplate(service, template);
  cpSync(template, folder, { recursive: true });
  const place = [`--datadir=${folder}`, `--socket=${socketPath}`, `--port=${port}`, "--bind-address=127.0.0.1"];
  const quick = ["--user=root", "--skip-name-resolve", "--innodb-flush-log-at-trx-commit=0"];
  const options = { port, socket: socketPath };
  const server = await service.start("mariadbd", ["--no-defaults", ...place, ...quick, ...more], options);
  service.version((await service.run("mariadbd", ["--version"])).replace(/^.*Ver (\S+).*$/s, "MariaDB $1"));

  const connect = () => createConnection({ socketPath, user: "root", multipleStatements: true });
  /** Runs statements in a session of their own. */
  const execute = async (sql: string) => {
    const connection = await connect();
    const [rows] = await connection.query(sql);
    await connection.end();
    return rows;
  };
  const user = "'unity'@'127.0.0.1' identified by 'unity-secret'";
  // Not for replicas of this one, which make their own.
  await execute(`set sql_log_bin = 0;
    create user ${user}, 'nobody'@'127.0.0.1' identified by '${PASSWORD}', 'unity'@'localhost' identified by '${PASSWORD}';
    grant process, slave monitor, binlog monitor, select on *.* to 'unity'@'127.0.0.1';
    grant process on *.* to 'unity'@'localhost'`);
  const config = { host: "127.0.0.1", port, password: PASSWORD };
  return { folder, socketPath, port, server, connect, execute, config };
}
export type Mariadb = Awaited<ReturnType<typeof startMariadb>>;
