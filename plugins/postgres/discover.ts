import type { Trace } from "../sdk";
import type { ConfigInput } from "./config";

const ASKS = "A role with pg_monitor, and its password";

export const discover: readonly Trace<ConfigInput>[] = [
  {
    seen: "service",
    ports: [5_432],
    process: ["postgres", "postmaster"],
    image: ["postgres", "*/postgres", "*/postgresql", "timescale/timescaledb*", "postgis/postgis", "pgvector/pgvector"],
    asks: ASKS,
    config: ({ host, port }) => ({ host, port }),
  },
  {
    seen: "file",
    type: "socket",
    alias: true,
    paths: ["/var/run/postgresql/.s.PGSQL.5432", "/tmp/.s.PGSQL.5432"],
    asks: ASKS,
    config: ({ path }) => ({ host: path.replace(/\/[^/]*$/, "") }),
  },
];
