import type { Trace } from "../sdk";
import type { ConfigInput } from "./config";

export const discover: readonly Trace<ConfigInput>[] = [
  {
    seen: "service",
    ports: [3_493],
    process: ["upsd"],
    image: ["*/nut-upsd", "*/nut", "*/nut-server"],
    config: ({ host, port }) => ({ backend: "nut", host, port }),
  },
  {
    seen: "service",
    ports: [3_551],
    process: ["apcupsd"],
    image: ["*/apcupsd"],
    config: ({ host, port }) => ({ backend: "apcupsd", host, port }),
  },
];
