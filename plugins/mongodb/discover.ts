import type { Trace } from "../sdk";
import type { ConfigInput } from "./config";

export const discover: readonly Trace<ConfigInput>[] = [
  {
    seen: "service",
    ports: [27_017],
    process: ["mongod", "mongos"],
    image: ["mongo", "*/mongo", "*/mongodb", "mongodb/mongodb-*", "percona/percona-server-mongodb"],
    asks: "A user with the role clusterMonitor, where the server asks for one",
    config: ({ place }) => ({ uri: `mongodb://${place}` }),
  },
];
