import type { Trace } from "../sdk";
import type { ConfigInput } from "./config";

export const discover: readonly Trace<ConfigInput>[] = [
  {
    seen: "service",
    ports: [8_000, 80],
    onlyPorts: true,
    process: ["vaultwarden"],
    image: ["vaultwarden/server", "*/vaultwarden"],
    config: ({ place }) => ({ url: `http://${place}` }),
  },
];
