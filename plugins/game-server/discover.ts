import type { Trace } from "../sdk";
import type { ConfigInput } from "./config";

/** Those that listen on TCP; most others answer over UDP only, where nobody can be seen listening. */
export const discover: readonly Trace<ConfigInput>[] = [
  {
    seen: "service",
    ports: [25_565],
    onlyPorts: true,
    process: ["java"],
    image: ["itzg/minecraft-server", "*/minecraft-server", "itzg/bungeecord", "itzg/mc-proxy"],
    config: ({ host, port }) => ({ game: "minecraft", host, port }),
  },
  {
    seen: "service",
    ports: [8_212],
    onlyPorts: true,
    image: ["thijsvanloef/palworld-server-docker", "*/palworld-server*", "*/palworld"],
    answer: { path: "/v1/api/info", status: [401] },
    asks: "The AdminPassword of its settings",
    config: ({ host, port }) => ({ game: "palworld", host, port: 8_211, queryPort: port }),
  },
  {
    seen: "service",
    ports: [64_738],
    onlyPorts: true,
    process: ["murmurd", "mumble-server"],
    image: ["mumblevoip/mumble-server"],
    config: ({ host, port }) => ({ game: "mumble", host, port }),
  },
];
