import type { Trace } from "../sdk";
import type { ConfigInput } from "./config";

/** The engines' own sockets, those of a user without root's rights, and proxies in front of them. */
export const discover: readonly Trace<ConfigInput>[] = [
  {
    seen: "service",
    ports: [2_375],
    image: ["tecnativa/docker-socket-proxy", "linuxserver/socket-proxy", "wollomatic/socket-proxy"],
    onlyPorts: true,
    answer: { path: "/version", body: "ApiVersion" },
    config: ({ place }) => ({ endpoint: `tcp://${place}` }),
  },
  {
    seen: "file",
    type: "socket",
    each: true,
    paths: [
      "/var/run/docker.sock",
      "/run/podman/podman.sock",
      "/run/user/*/docker.sock",
      "/run/user/*/podman/podman.sock",
    ],
    config: ({ path }) => ({ endpoint: `unix://${path}` }),
  },
];
