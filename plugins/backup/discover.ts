import type { Trace } from "../sdk";
import type { ConfigInput } from "./config";

/** Of all kinds, only Duplicati has a server; the others are a repository and a password that only their owner knows. */
export const discover: readonly Trace<ConfigInput>[] = [
  {
    seen: "service",
    ports: [8_200],
    onlyPorts: true,
    process: ["duplicati-server", "Duplicati.Server*", "Duplicati.GUI*"],
    image: ["duplicati/duplicati", "*/duplicati"],
    asks: "The password of its web interface",
    config: ({ place }) => ({ type: "duplicati", url: `http://${place}` }),
  },
];
