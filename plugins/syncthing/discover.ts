import type { Trace } from "../sdk";
import type { ConfigInput } from "./config";

export const discover: readonly Trace<ConfigInput>[] = [
  {
    seen: "service",
    ports: [8_384],
    process: ["syncthing"],
    image: ["syncthing/syncthing", "*/syncthing"],
    onlyPorts: true,
    answer: { path: "/rest/noauth/health", body: '"OK"' },
    asks: "Its API key",
    config: ({ place }) => ({ url: `http://${place}` }),
  },
];
