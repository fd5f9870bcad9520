import type { Trace } from "../sdk";
import type { ConfigInput } from "./config";

export const discover: readonly Trace<ConfigInput>[] = [
  {
    seen: "service",
    ports: [6_379],
    process: ["redis-server", "redis-sentinel", "valkey-server", "valkey-sentinel", "keydb-server", "dragonfly"],
    image: [
      "redis",
      "*/redis",
      "redis/redis-stack*",
      "valkey/valkey*",
      "*/valkey",
      "eqalpha/keydb",
      "dragonflydb/dragonfly",
    ],
    config: ({ host, port }) => ({ host, port }),
  },
  {
    seen: "file",
    type: "socket",
    alias: true,
    paths: [
      "/run/redis/redis-server.sock",
      "/run/redis/redis.sock",
      "/run/valkey/valkey-server.sock",
      "/run/valkey/valkey.sock",
    ],
    config: ({ path }) => ({ socketPath: path }),
  },
];
