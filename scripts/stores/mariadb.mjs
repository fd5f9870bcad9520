import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findProgram } from "./find-program.mjs";
import { runServer } from "./run-server.mjs";
import { certIn, keyIn, writeCertificate } from "./write-certificate.mjs";

const findServer = () => findProgram("mariadbd");
const findSetUp = () => findProgram("mariadb-install-db");

export const mariadb = {
  title: "MariaDB",
  debianPackage: "mariadb-server",
  isInstalled: () => Boolean(findServer() && findSetUp()),
  async start({ durable, memoryMb, tls }) {
    const password = randomBytes(12).toString("hex");
    return runServer({
      name: "mariadb",
      title: "MariaDB",
      program: findServer(),
      prepare: async (folder, run) => {
        await writeFile(join(folder, "first.sql"), firstStatements(password));
        if (tls) await writeCertificate(folder, tls);
        const without = ["--skip-test-db", "--skip-name-resolve", "--auth-root-authentication-method=normal"];
        await run(findSetUp(), ["--no-defaults", `--datadir=${join(folder, "data")}`, ...without]);
      },
      args: (port, folder) => ["--no-defaults", ...settings({ port, folder, durable, memoryMb, tls })],
      urlOf: (port) => `mysql://unity:${password}@127.0.0.1:${port}/unity`,
      ready: /ready for connections/,
    });
  },
};

/** One statement a line, as `--init-file` wants it. It reads them at every start. */
const firstStatements = (password) => `CREATE DATABASE IF NOT EXISTS unity;
CREATE USER IF NOT EXISTS 'unity'@'127.0.0.1' IDENTIFIED BY '${password}';
GRANT ALL PRIVILEGES ON *.* TO 'unity'@'127.0.0.1' WITH GRANT OPTION;
`;

/** A server that is killed keeps what it acknowledged; after a power cut nobody wants the data of a test. */
const QUICK = {
  "innodb-flush-log-at-trx-commit": 2,
  "innodb-flush-method": "nosync",
  "innodb-doublewrite": "OFF",
  "innodb-fast-shutdown": 2,
  "sync-frm": "OFF",
};

function settings({ port, folder, durable, memoryMb, tls }) {
  const values = {
    datadir: join(folder, "data"),
    "init-file": join(folder, "first.sql"),
    "bind-address": "127.0.0.1",
    port,
    socket: join(folder, "socket"),
    "pid-file": join(folder, "pid"),
    "skip-name-resolve": "ON",
    "innodb-buffer-pool-size": `${memoryMb}M`,
    // As Debian's configuration has them; without any, it is latin1.
    "character-set-server": "utf8mb4",
    "collation-server": "utf8mb4_general_ci",
    // Not UTC, as at people's homes: an instant that depends on it is a bug.
    "default-time-zone": "+05:30",
    ...(tls && { "ssl-cert": certIn(folder), "ssl-key": keyIn(folder) }),
    ...(!durable && QUICK),
  };
  return Object.entries(values).map(([name, value]) => `--${name}=${value}`);
}
