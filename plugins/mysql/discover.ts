import type { Trace } from "../sdk";
import type { ConfigInput } from "./config";

const ASKS = "A user and its password";

export const discover: readonly Trace<ConfigInput>[] = [
  {
    seen: "service",
    ports: [3_306],
    process: ["mysqld", "mariadbd"],
    image: ["mysql", "mysql/mysql-server", "mariadb", "*/mariadb", "*/mysql", "percona", "percona/*"],
    asks: ASKS,
    config: ({ host, port }) => ({ host, port }),
  },
  {
    seen: "file",
    type: "socket",
    alias: true,
    paths: ["/run/mysqld/mysqld.sock", "/run/mysql/mysql.sock", "/var/lib/mysql/mysql.sock"],
    asks: ASKS,
    config: ({ path }) => ({ socketPath: path }),
  },
];
