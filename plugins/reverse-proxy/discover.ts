import type { Trace } from "../sdk";
import type { ConfigInput } from "./config";

/** By the place where each tells about itself, which most have to be told to do; what they serve may be anything. */
export const discover: readonly Trace<ConfigInput>[] = [
  {
    seen: "service",
    ports: [2_019],
    onlyPorts: true,
    process: ["caddy"],
    config: ({ place }) => ({ type: "caddy", url: `http://${place}` }),
  },
  {
    seen: "service",
    ports: [8_080],
    onlyPorts: true,
    process: ["traefik"],
    image: ["traefik", "*/traefik"],
    config: ({ place }) => ({ type: "traefik", url: `http://${place}` }),
  },
  {
    seen: "service",
    ports: [8_404, 1_936],
    onlyPorts: true,
    process: ["haproxy"],
    image: ["haproxy", "haproxytech/*", "*/haproxy"],
    config: ({ place }) => ({ type: "haproxy", url: `http://${place}` }),
  },
  {
    seen: "service",
    ports: [80, 8_080],
    answer: { path: "/basic_status", body: "Active connections:" },
    config: ({ place }) => ({ type: "nginx", url: `http://${place}/basic_status` }),
  },
];
