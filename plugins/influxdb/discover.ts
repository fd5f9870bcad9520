import type { Trace } from "../sdk";
import type { ConfigInput } from "./config";

/** Version 1 lets everybody in unless it is told not to; the others want a token. */
const ASKS = "A token, or for version 1 a user where one is needed";

export const discover: readonly Trace<ConfigInput>[] = [
  {
    seen: "service",
    ports: [8_086, 8_181],
    onlyPorts: true,
    process: ["influxd", "influxdb3"],
    image: ["influxdb", "*/influxdb", "*/influxdb3*"],
    answer: { path: "/ping", status: [200, 204], header: ["x-influxdb-version", ""] },
    asks: ASKS,
    config: ({ place }) => ({ url: `http://${place}` }),
  },
];
